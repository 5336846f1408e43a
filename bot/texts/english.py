"""English."""

from bot.texts.sentences import Texts

ENGLISH = Texts(
    language="en",
    name="English",
    very_sure="I am very sure.",
    fairly_sure="I am fairly sure.",
    not_quite_sure="I am not quite sure.",
    not_sure="I am not sure at all.",
    choices="I'm not certain. Did you mean:",
    closest="I don't have an answer to that. The nearest lines in the story:",
    unknown="I found nothing about that in the story.",
    gap="The story doesn't say.",
    gap_with_lines="The story doesn't say. What it does say:",
    by_moderator="Answered by a moderator of this server: {name}.",
    source_in="The source is in {languages}.",
    and_=" and ",
    languages={},
    places={},
    context="Context",
    dismiss="Dismiss",
    read_at="Read at {host}",
    helpful="Helpful",
    not_helpful="Not helpful",
    thanks="Thank you: that is counted, without your name.",
    thanks_for_not="Thank you. The moderators of this server will see the question, and not who voted.",
    voted="You have told me about this answer already: each person counts once.",
    help="Hello! Ask me something about the story, and I will show you the line that the answer stands on.",
    how_to_ask="Mention me with your question, write to me directly, reply to one of my answers, or use /ask.",
    withheld="Discord did not let me see the text of your message.",
    how_to_ask_instead=(
        "Please ask with **/ask**, or mention me by choosing my name with the APP badge from the list."
    ),
)
