"""Where the keyboard's focus goes after a click that takes its button away, or begins a question."""

from __future__ import annotations

import streamlit as st

# No text of articles in it: what is looked for is a place that the pages name. The number changes with each wish, so
# that the browser runs it anew. What was shown before may hide the place until the page is drawn.
_FOCUS = """<script>/* {count} */
(() => {{
  let tries = 40;
  const go = () => {{
    const place = document.querySelector('{place}');
    if (place) place.focus({{preventScroll: true}});
    if (place && document.activeElement === place) {{
      if (place.setSelectionRange) place.setSelectionRange(place.value.length, place.value.length);
    }} else if (tries-- > 0) setTimeout(go, 50);
  }};
  setTimeout(go, 150);
}})();
</script>"""


def want(place: str) -> None:
    """The focus shall go to this place, a CSS selector without quotation marks of the single kind, once the page is drawn."""
    st.session_state.focus = place
    st.session_state.focused = st.session_state.get("focused", 0) + 1


def give() -> None:
    """Gives it, once for each wish."""
    if place := st.session_state.pop("focus", None):
        st.html(_FOCUS.format(count=st.session_state.focused, place=place), unsafe_allow_javascript=True)
