"""Chart builders: frames and options in, Altair charts out. No Streamlit, so tests can read the charts."""
