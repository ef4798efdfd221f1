import { pastedText } from './bring/bring.ts';
import { type BroughtFile, largestFile } from './bring/read-file.ts';

/** Puts text on the clipboard. False where the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Saves text as a file of the given name. */
export function downloadText(name: string, type: string, text: string): void {
  download(name, new Blob([text], { type }));
}

/** Saves a file of the given name. */
export function download(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}

export type Take = (files: readonly BroughtFile[]) => void;

/** Reads files. One that is too large is read as far as tells that it is. */
export async function readFiles(files: Iterable<File>, take: Take): Promise<void> {
  take(
    await Promise.all(
      Array.from(files, async (file) => ({
        name: file.name || 'the image that was pasted',
        bytes: new Uint8Array(await file.slice(0, largestFile + 1).arrayBuffer()),
      })),
    ),
  );
}

/** Takes files and text that are dropped or pasted anywhere on the page, save where a person is typing. */
export function takeTransfers(take: Take): void {
  window.addEventListener('dragover', (event) => {
    event.preventDefault();
    document.documentElement.dataset.dropping = '';
  });
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) delete document.documentElement.dataset.dropping;
  });
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    delete document.documentElement.dataset.dropping;
    takeFrom(event.dataTransfer, take);
  });
  window.addEventListener('paste', (event) => {
    const { clipboardData } = event;
    const hasFiles = (clipboardData?.files.length ?? 0) > 0;
    if (!hasFiles && isTyping(event.target)) return;
    if (takeFrom(clipboardData, take)) event.preventDefault();
  });
}

function takeFrom(data: DataTransfer | null, take: Take): boolean {
  const text = data?.getData('text/plain');
  if (data !== null && data.files.length > 0) void readFiles(data.files, take);
  else if (text) take([pastedText(text)]);
  else return false;
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')
  );
}
