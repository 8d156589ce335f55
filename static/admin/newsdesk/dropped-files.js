/* The files of a drop; folders give theirs too, however deep, but not what begins with a dot. */

const entries = (reader) => new Promise((settle) => reader.readEntries(settle, () => settle([])));

const filesOf = async (entry) => {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) return new Promise((settle) => entry.file((file) => settle([file]), () => settle([])));
  const reader = entry.createReader();
  const found = [];
  for (let some = await entries(reader); some.length; some = await entries(reader)) found.push(...some); // 100 at a time
  found.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
  const files = [];
  for (const one of found) files.push(...(await filesOf(one)));
  return files;
};

/** The files in their order; call it while the drop is handled: a browser forgets its items afterwards. */
export const droppedFiles = async (transfer) => {
  const roots = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!roots.length) return [...transfer.files];
  return (await Promise.all(roots.map(filesOf))).flat();
};
