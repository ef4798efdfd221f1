import type { History } from './history.ts';

/** Undo and redo by the keys that people know, save where a person is typing: a field has an undo of its own. */
export function undoByKeys({ undo, redo }: History): void {
  window.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return;
    const key = event.key.toLowerCase();
    const act = key === 'y' || (key === 'z' && event.shiftKey) ? redo : key === 'z' ? undo : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')
  );
}
