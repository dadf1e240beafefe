"""Pages: everything a person sees. Only this file may lie directly in this folder (see ARCHITECTURE.md)."""
