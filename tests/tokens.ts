import { createScanner, SyntaxKind } from 'typescript/unstable/ast';

/** One token of a program. Comments and white space are none. */
export interface Token {
  readonly kind: SyntaxKind;
  /** Its text; of a string or a piece of a template, what stands between the quotes. */
  readonly text: string;
}

const texts: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
]);

/** Tells a string, and each piece of a template, from every other token. */
export function isText({ kind }: Token): boolean {
  return texts.has(kind);
}

/** What can stand before a division; behind anything else a slash begins a regular expression. */
const values: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.NumericLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
]);

/** The tokens of a TypeScript program. */
export function tokensOf(program: string): readonly Token[] {
  const scanner = createScanner(true);
  scanner.setText(program);
  const tokens: Token[] = [];
  /** For each brace that is open whether it stands in a template. */
  const braces: boolean[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFile; kind = scanner.scan()) {
    const before = tokens.at(-1)?.kind;
    if (kind === SyntaxKind.SlashToken && (before === undefined || !values.has(before)))
      kind = scanner.reScanSlashToken();
    if (kind === SyntaxKind.OpenBraceToken) braces.push(false);
    if (kind === SyntaxKind.CloseBraceToken && braces.pop() === true)
      kind = scanner.reScanTemplateToken(false);
    if (kind === SyntaxKind.TemplateHead || kind === SyntaxKind.TemplateMiddle) braces.push(true);
    const text = texts.has(kind) ? scanner.getTokenValue() : scanner.getTokenText();
    tokens.push({ kind, text });
  }
  return tokens;
}

/** The modules that a program imports, types and dynamic imports among them. */
export function importsOf(program: string): readonly string[] {
  const tokens = tokensOf(program);
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1]?.text;
    const behindImport = before === 'import' || before === 'from';
    const dynamic = before === '(' && tokens[index - 2]?.text === 'import';
    return isText(token) && (behindImport || dynamic) ? [token.text] : [];
  });
}
