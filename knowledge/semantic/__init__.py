"""What texts mean, told by a sentence encoder that an operator names: the optional extra `semantic`.

The libraries that it needs are imported when an encoder is opened, and not before.
"""

from knowledge.semantic.choosing import open_models, read_models

__all__ = ["open_models", "read_models"]
