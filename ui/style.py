"""How the pages look, in both themes: colours are mixed from the theme's own text colour."""

from __future__ import annotations

import streamlit as st

CSS = """
<style>
:root { --faint: color-mix(in srgb, currentColor 14%, transparent); }
.stMainBlockContainer { padding-top: 3.5rem; max-width: 50rem; }
.stMain h1 { font-size: 1.7rem; letter-spacing: -0.02em; padding-bottom: 0; }
.stHtml p { margin: 0; }
.what { opacity: .8; }
.size { line-height: 1.5; }
.suggest { margin-top: 1rem !important; opacity: .8; }
[class*="st-key-example-"] button { text-align: left; justify-content: flex-start; }

/* a question and what was understood of it */
.asked { font-size: 1.2rem; line-height: 1.35; font-weight: 600; margin: 0; padding: 1.1rem 0 .1rem; overflow-wrap: anywhere;
  scroll-margin-top: 4rem; }
[class*="st-key-turn-"] + [class*="st-key-turn-"] { border-top: 1px solid color-mix(in srgb, currentColor 14%, transparent); }
.understood { display: flex; flex-wrap: wrap; gap: .35rem; font-size: .82rem; }
.chip { border: 1px solid color-mix(in srgb, currentColor 22%, transparent); border-radius: 1rem; padding: .05rem .6rem;
  overflow-wrap: anywhere; }
.chip-name { opacity: .72; }
.chip-name::after { content: ":"; }

/* lines */
.speaker { font-size: 1rem; font-weight: 650; margin: .5rem 0 0; padding: 0; overflow-wrap: anywhere; }
.speaker .role { font-weight: 400; margin-left: .5rem; }
.role, .count { opacity: .78; font-size: .9rem; }
.role + .count { margin-left: .75rem; }
.line { overflow-wrap: anywhere; line-height: 1.55; border-left: 3px solid transparent; padding-left: .85rem; }
.line blockquote { margin: 0; padding: 0; border: 0; font-family: Georgia, "Iowan Old Style", "Noto Serif", "DejaVu Serif", serif;
  font-size: 1.06rem; color: inherit; opacity: 1; white-space: pre-line; }
.line p { white-space: pre-line; }
.line.quoted { border-left-color: #2a8ca3; }
.line.reported { border-left: 3px dotted color-mix(in srgb, currentColor 45%, transparent); }
.line.fact { border-left-color: color-mix(in srgb, currentColor 25%, transparent); }
.line.written { background: color-mix(in srgb, currentColor 5%, transparent); padding: .5rem .85rem; border-radius: .4rem; }
.line.unsupported { border-left-color: #b3261e; }
.tag { display: inline-block; font-size: .76rem; border-radius: .3rem; padding: 0 .45rem; margin: .15rem .4rem 0 0;
  background: color-mix(in srgb, currentColor 9%, transparent); }
[class*="st-key-line-open-"] { background: color-mix(in srgb, #f2c14e 16%, transparent); border-radius: .4rem; }
[class*="st-key-cites-"] { padding: 0 0 .3rem .95rem; row-gap: 0; }
[class*="st-key-cites-"] button { min-height: 1.75rem; padding: .1rem .2rem; }
[class*="st-key-cites-"] button p { font-size: .82rem; text-align: left; overflow-wrap: anywhere; }
.plain-citations, .more-copies { font-size: .82rem; padding-left: .95rem; opacity: .8; }
.note { opacity: .85; font-size: .95rem; }
.working { opacity: .75; font-style: italic; }

/* no answer */
.refusal { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; padding: .8rem 1rem;
  background: color-mix(in srgb, currentColor 4%, transparent); overflow-wrap: anywhere; }
.nearest-head { font-size: .85rem; opacity: .8; text-transform: none; margin-top: .4rem !important; }
[class*="st-key-nearest-"] { border: 1px dashed color-mix(in srgb, currentColor 35%, transparent); border-radius: .5rem; padding: .6rem .9rem; }

/* people */
[class*="st-key-person-"] { border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent); padding: .1rem 0; column-gap: 1rem; row-gap: 0; }
[class*="st-key-person-"] .stHtml { flex: 1 1 14rem; }

/* the article: beside the conversation on a wide screen, over it on a small one */
.st-key-beside:not(:has(.st-key-article)) { display: none; }
.st-key-article { position: fixed; z-index: 100; right: 0; top: 0; bottom: 0; width: 44vw; overflow-y: auto; padding: 3.9rem 1.8rem 3rem;
  border-left: 1px solid color-mix(in srgb, currentColor 18%, transparent); display: block; }
.st-key-close-article { position: sticky; top: 0; float: right; width: auto !important; z-index: 2; }
article h2 { font-size: 1.35rem; line-height: 1.25; padding: 0 0 .4rem; margin: 0; overflow-wrap: anywhere; }
article p { line-height: 1.65; margin: 0 0 .8rem !important; overflow-wrap: anywhere; white-space: pre-line;
  font-family: Georgia, "Iowan Old Style", "Noto Serif", "DejaVu Serif", serif; }
article p.byline, article p.address, article p.article-note { font-family: inherit; font-size: .85rem; opacity: .85; margin-bottom: .35rem !important; }
article p.article-note { font-style: italic; }
article p.byline { margin-top: .2rem !important; }
mark.cited { background: #ffd75e; color: #1b1b1b; padding: .08em .1em; border-radius: .15em; outline-offset: 2px; }
mark.beside { background: #fff0bf; color: #1b1b1b; padding: .08em .1em; border-radius: .15em; }
mark { outline: none; }
@media (min-width: 900px) {
  .stMain:has(.st-key-article) { padding-right: 44vw; }
}
@media (max-width: 899px) {
  .st-key-article { width: auto; left: 0; padding: 1rem 1.1rem 4rem; z-index: 1000000; }
}
</style>
"""


def show() -> None:
    st.html(CSS)
