import { element } from './element.ts';
import type { View } from './view.ts';

/**
 * A view that is made after the first paint: nobody sees it before, and making it would keep what is seen waiting. An empty
 * element holds its place until then.
 */
export function lateView(make: () => View): View {
  const place = element('div');
  let view: View | undefined;
  let shown: Parameters<View['show']> | undefined;
  afterPaint(() => {
    view = make();
    place.replaceWith(view.node);
    if (shown !== undefined) view.show(...shown);
  });
  return {
    get node() {
      return view?.node ?? place;
    },
    show: (...next) => {
      shown = next;
      view?.show(...next);
    },
  };
}

function afterPaint(act: () => void): void {
  requestAnimationFrame(() => window.setTimeout(act));
}
