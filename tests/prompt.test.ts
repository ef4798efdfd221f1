import { describe, expect, test } from 'vitest';
import { readPrompt } from '../src/index.ts';

describe('readPrompt takes the LoRA tags out of a prompt, and says what they ask for', () => {
  // The first number is that of the text encoder and, alone, of both.
  test.each([
    ['<lora:ink>', { name: 'ink', model: 1, clip: 1 }],
    ['<lora:ink:0.8>', { name: 'ink', model: 0.8, clip: 0.8 }],
    ['<lora:ink:0.5:0.9>', { name: 'ink', model: 0.9, clip: 0.5 }],
    ['<lora:ink:te=0.5:unet=0.9>', { name: 'ink', model: 0.9, clip: 0.5 }],
    ['<lora:ink:0.7:unet=0.9>', { name: 'ink', model: 0.9, clip: 0.7 }],
    ['<lora:ink:-1>', { name: 'ink', model: -1, clip: -1 }],
    ['<lora: ink : 0.5 >', { name: 'ink', model: 0.5, clip: 0.5 }],
    ['<lora:folder/ink v2:>', { name: 'folder/ink v2', model: 1, clip: 1 }],
    ['<lora:ink:strong>', { name: 'ink', model: 1, clip: 1 }],
    ['<lyco:ink:0.6>', { name: 'ink', model: 0.6, clip: 0.6 }],
  ])('%s', (tag, lora) => {
    expect(readPrompt(tag)).toEqual({ text: '', loras: [lora], embeddings: [], open: false });
  });

  test('in their order, each with the blanks before it', () => {
    const { text, loras } = readPrompt('a fox <lora:ink:0.8>, at dawn <lora:grain>  <lora:ink:0.2>');
    expect(text).toBe('a fox, at dawn');
    expect(loras.map(({ name }) => name)).toEqual(['ink', 'grain', 'ink']);
  });

  test.each(['', 'a (fox:1.2), [dusk]', ' as it  is ', 'a < b > c', '<hypernet:x:1>'])(
    '%j stays as it is',
    (prompt) => {
      expect(readPrompt(prompt)).toEqual({ text: prompt, loras: [], embeddings: [], open: false });
    },
  );
});

test('readPrompt names embeddings, and leaves them in the text', () => {
  const prompt =
    'embedding:easynegative, (embedding:bad hands:1.2), <embedding:folder/style:0.8> and <embedding:plain>';
  expect(readPrompt(prompt)).toMatchObject({
    text: prompt,
    embeddings: ['easynegative', 'bad', 'folder/style', 'plain'],
  });
});

describe('readPrompt says whether somebody else has something to expand', () => {
  test.each([
    '__animal__',
    'a __colours/warm*__ fox',
    '{red|blue} fox',
    'a [[animal]]',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a prompt.
    '${season=autumn}',
    '{2$$a|b}',
    '{a {small} fox|a hare}',
    '{{red}|blue}',
    '} {a|b}',
    '__my list__',
    'a __my long/list of 2__, dusk',
    '__~animal__',
    '__animal(colour=red)__',
    '<wildcard:animals>',
    '<random:red|blue>',
    '<random[2]:red,blue>',
    '<lora:{ink|grain}:0.5>',
    '<lora:__style__:0.5>',
    '<lora:ink:__strength__>',
  ])('%s is open', (prompt) => {
    expect(readPrompt(prompt).open).toBe(true);
  });

  test.each([
    'a_b__c',
    '\\{red|blue\\}',
    '[red:blue:0.5]',
    '[red|blue]',
    '(a|b)',
    '{red}',
    '____',
    '_____',
    '{a} [b|c]',
    '<lora:my__ink__v2:0.8>',
    '<lora:__ink:0.8>, <lora:wash__:0.8>',
    'a__b c__d',
  ])('%s is not', (prompt) => {
    expect(readPrompt(prompt).open).toBe(false);
  });
});
