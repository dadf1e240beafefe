"""Streamlit fragments shared by pages."""
