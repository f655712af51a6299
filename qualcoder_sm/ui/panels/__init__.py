"""The panes beside the text: sources, codebook and inspector."""
