"""How much is read of a file that may be made to harm."""

LONGEST_BLOCK = 4 * 1024 * 1024  # bytes of the metadata of one kind; what is longer holds pictures, not words
MOST_BLOCKS = 200  # of one kind: what is longer than a JPEG segment lies in several
MOST_PIECES = 500_000  # chunks, boxes or sub-blocks that are stepped over in a file
MOST_SEGMENTS = 4_000  # of a JPEG file before its pixels: 64 kB each
MOST_COMPRESSED = 100  # texts of a PNG file
