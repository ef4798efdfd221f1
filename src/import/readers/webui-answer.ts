import { isPlainObject } from '../../json.ts';
import { draftInfotext, hasParameters } from '../infotext/parse-infotext.ts';
import { sharedRows, webuiTable } from '../infotext/webui-table.ts';
import { remark } from '../reading.ts';
import { entriesBut, type JsonRecord, listOf, textOf } from './entries.ts';
import { pathOf, type Reader } from './reader.ts';
import { sourceText } from './source.ts';

/**
 * What a WebUI answers: `info` holds the infotexts of its images, of which the first is read. `/sdapi/v1/png-info` answers
 * with an infotext itself.
 */
export const webuiAnswer: Reader = {
  writer: 'WebUI answer',
  marks: '`info` with `images` or `parameters`; it names the writer of its infotext',
  table: { ...webuiTable, fields: [...webuiTable.fields, ...sharedRows] },
  find: (source) => {
    for (const text of source) {
      const infotext = text.json === undefined ? undefined : infotextOf(text.json);
      if (text.json === undefined || infotext === undefined) continue;
      const { detection, draft } = draftInfotext(infotext);
      const around = entriesBut(text.json, 'info').map(([key]) =>
        remark([...pathOf(text), key], 'ignored', 'is left out: the run is read out of the infotext in info'),
      );
      return {
        detection,
        taken: [text],
        read: () => ({ ...draft, readings: [...draft.readings, ...around] }),
      };
    }
    return undefined;
  },
};

function infotextOf(answer: JsonRecord): string | undefined {
  if (!Object.hasOwn(answer, 'images') && !Object.hasOwn(answer, 'parameters')) return undefined;
  const text = textOf(answer.info) ?? '';
  const info = isPlainObject(answer.info) ? answer.info : sourceText('', text).json;
  // A grid of the images stands before the first of them, and has an infotext as well.
  const at = typeof info?.index_of_first_image === 'number' ? info.index_of_first_image : 0;
  const infotext = info === undefined ? text : textOf(listOf(info.infotexts)[at]);
  return infotext !== undefined && hasParameters(infotext) ? infotext : undefined;
}
