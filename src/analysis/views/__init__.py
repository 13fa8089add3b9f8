"""What a notebook shows of an article: the text with its figures and claims marked."""

from .proofread import Proof, proofread

__all__ = ["Proof", "proofread"]
