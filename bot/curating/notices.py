"""What moderators are told above the cards of the dialogue in which an entry is added or changed."""

NOTHING_SAVED = "**Preview**: nothing is saved yet. Whoever asks this will get:"

SAVED = "**Saved.** I answer with it from the next question on."

AS_IT_WAS = "**Nothing changed**: that is what the entry says already."

NOT_VERBATIM = (
    "Nothing is saved: that excerpt does not stand in the story to the letter, and only what does is quoted."
)

NOT_TOLD_APART = (
    "Nothing is saved: the words of that excerpt stand in {places}. Choose the one that you mean, or take more words"
    " around it."
)

MEANWHILE = (
    "**Not saved yet**: meanwhile somebody saved an entry for the same question, see below. Confirm once more"
    " if you want both. Whoever asks this will get:"
)

CHANGED_MEANWHILE = (
    "**Not saved yet**: meanwhile somebody changed or removed this entry, see /qa history. Confirm once more to put"
    " yours in its place. Whoever asks this will get:"
)

WHOLE_SENTENCES = "-# Half a sentence can say what the whole does not: I quote the whole one."
