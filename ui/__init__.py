"""The pages behind app.py; the only room that knows Streamlit.

safe            text of articles on a page: never markup
work            something slow that goes on beside the page
conversation    what one reader has asked
chat, answer    the conversation, and one answer of it
article         an article with the cited words marked
sidebar, add    what the archive holds, filters; taking articles in
people          everybody who is quoted
focus           where the keyboard goes on after a click
examples        questions that the archive itself suggests
saving          an answer's evidence as a file
style           how it looks
"""
