"""Layers laid over each other as they are, without the copies that Altair makes of them."""

from collections.abc import Sequence
from typing import Any

import altair as alt


class Layered(alt.LayerChart):
    """A chart of layers that are never altered once made, so that they need no copies.

    Altair's own copies every layer whole, level by level, whenever a chart is made, given a property or
    written out: nine tenths of the time of a chart of thirty layers. Made by `laid_over`.
    """

    def __init__(
        self, data: Any = alt.Undefined, layer: Sequence[Any] = (), **properties: Any
    ) -> None:
        # Past the constructor of LayerChart, whose work `laid_over` does once.
        properties.setdefault("params", alt.Undefined)
        super(alt.LayerChart, self).__init__(data=data, layer=list(layer), **properties)


def laid_over(*layers: Any, data: Any = alt.Undefined, **properties: Any) -> Layered:
    """The layers, the first undermost, as `alt.layer` has them: with what all share only once.

    That is the data, where every layer has the same frame, and what a reader can choose.
    """
    lifted = [_without_params(layer) for layer in layers]
    bare, params = [layer for layer, _ in lifted], [param for _, own in lifted for param in own]
    if data is alt.Undefined and all(layer.data is bare[0].data for layer in bare):
        data, bare = bare[0].data, [_without(layer, "data") for layer in bare]
    return Layered(data, bare, params=params or alt.Undefined, **properties)


def _without(layer: Any, name: str) -> Any:
    copied = layer.copy(deep=False)
    copied[name] = alt.Undefined
    return copied


def _without_params(layer: Any) -> tuple[Any, Any]:
    """The layer, and the parameters that it hands up: only the whole chart may have any."""
    if getattr(layer, "params", alt.Undefined) is alt.Undefined:
        return layer, []
    if isinstance(layer, Layered):
        return _without(layer, "params"), layer.params
    # Altair names the layer in its parameters.
    alone: Any = alt.layer(layer)
    (named,) = alone.layer
    named.data = layer.data
    return named, alone.params
