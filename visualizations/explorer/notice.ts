import { element } from './element.ts';

/** One line that tells what just happened, and goes away. */
export interface Notice {
  readonly node: HTMLElement;
  readonly say: (text: string) => void;
}

const shownFor_ms = 6000;

export function createNotice(): Notice {
  const node = element('p', { class: 'notice', role: 'status' });
  let timer = 0;
  return {
    node,
    say: (text) => {
      node.textContent = text;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => node.replaceChildren(), shownFor_ms);
    },
  };
}
