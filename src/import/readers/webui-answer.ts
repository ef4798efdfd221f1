import { isPlainObject } from '../../json.ts';
import { draftInfotext, hasParameters } from '../infotext/parse-infotext.ts';
import { sharedRows, webuiTable } from '../infotext/webui-table.ts';
import { remark } from '../reading.ts';
import { entriesBut, hasAny, type JsonRecord, listOf, textOf } from './entries.ts';
import { pathOf, type Reader } from './reader.ts';
import { sourceText } from './source.ts';

/**
 * What a WebUI answers: `info` holds the infotexts of its images, of which the first is read. `/sdapi/v1/png-info` answers
 * with an infotext itself, and ExifTool lists that of a picture among what else it knows of it.
 */
export const webuiAnswer: Reader = {
  writer: 'WebUI answer',
  marks:
    '`info` with `images`, or an infotext under `Parameters` or `UserComment`; it names the writer of that',
  table: { ...webuiTable, fields: [...webuiTable.fields, ...sharedRows] },
  find: (source) => {
    for (const text of source) {
      const found = text.json === undefined ? undefined : (infotextOf(text.json) ?? namedInfotext(text.json));
      if (text.json === undefined || found === undefined) continue;
      const { detection, draft } = draftInfotext(found.infotext);
      const why = `is left out: the run is read out of the infotext in ${found.key}`;
      const around = entriesBut(text.json, found.key).map(([key]) =>
        remark([...pathOf(text), key], 'ignored', why),
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

/** An infotext, and the key that it stands under. */
interface KeyedInfotext {
  readonly key: string;
  readonly infotext: string;
}

function infotextOf(answer: JsonRecord): KeyedInfotext | undefined {
  if (!hasAny(answer, 'images', 'parameters')) return undefined;
  const text = textOf(answer.info) ?? '';
  const info = isPlainObject(answer.info) ? answer.info : sourceText('', text).json;
  // A grid of the images stands before the first of them, and has an infotext as well.
  const at = typeof info?.index_of_first_image === 'number' ? info.index_of_first_image : 0;
  return keyed('info', info === undefined ? text : listOf(info.infotexts)[at]);
}

/** ExifTool lists whatever it knows of a picture in one object, under names of its own. */
function namedInfotext(texts: JsonRecord): KeyedInfotext | undefined {
  const found = ['Parameters', 'UserComment'].map((key) => keyed(key, texts[key]));
  return found.find((each) => each !== undefined);
}

function keyed(key: string, value: unknown): KeyedInfotext | undefined {
  const infotext = textOf(value);
  return infotext !== undefined && hasParameters(infotext) ? { key, infotext } : undefined;
}
