"""Bodies, meetings and papers for programs, with the vocabulary of OParl 1.1 (oparl.org)."""
