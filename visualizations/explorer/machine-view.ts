import { element } from './element.ts';
import type { Notice } from './notice.ts';
import type { View } from './view.ts';

export function machineView(_notice: Notice): View {
  return { node: element('section', { class: 'machine' }), show: () => {} };
}
