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
  const address = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}

/** Takes text that is dropped or pasted anywhere on the page, save where a person is typing. */
export function takeText(take: (text: string) => void): void {
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
    const file = event.dataTransfer?.files[0];
    const dropped = file === undefined ? event.dataTransfer?.getData('text/plain') : undefined;
    if (file !== undefined) void file.text().then(take);
    else if (dropped) take(dropped);
  });
  window.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.getData('text/plain');
    if (!pasted || isTyping(event.target)) return;
    event.preventDefault();
    take(pasted);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')
  );
}
