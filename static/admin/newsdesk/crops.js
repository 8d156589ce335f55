/* Where a picture is cut for a ratio of sides. The formula of stories/images/crops.py, which says it in words; pure. */

const within = (length, piece, percent) =>
  Math.min(Math.max(Math.floor((length * percent - piece * 50) / 100), 0), length - piece);

/* Left, top, width and height in pixels of the piece with sides like across : down; the focal point in percent. */
export const cropBox = (width, height, across, down, focalX, focalY) => {
  const isTooWide = width * down > height * across;
  const pieceWidth = isTooWide ? Math.max(1, Math.floor((height * across + Math.floor(down / 2)) / down)) : width;
  const pieceHeight = isTooWide ? height : Math.max(1, Math.floor((width * down + Math.floor(across / 2)) / across));
  return [within(width, pieceWidth, focalX), within(height, pieceHeight, focalY), pieceWidth, pieceHeight];
};
