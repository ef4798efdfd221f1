import { Converter, makeRecursiveVisitor, ReferenceType, ReflectionKind, Renderer } from 'typedoc';

/** The reference of the library, made from its docstrings: a page for each entry of `exports` in package.json. */
export default {
  name: 'The library',
  tsconfig: '../src/tsconfig.json',
  plugin: ['typedoc-plugin-markdown', leaveWhatIsLookedUp],
  out: 'api',
  cleanOutputDir: false,
  readme: 'none',
  router: 'module',
  pageTitleTemplates: { module: ({ name }) => (name === core ? core : `${core}/${name}`) },
  githubPages: false,
  excludeExternals: true,
  preservedTypeAnnotationTags: ['@throws'],
  disableSources: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases'],
  parametersFormat: 'table',
  classPropertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  propertyMembersFormat: 'table',
  typeDeclarationFormat: 'table',
  tableColumnSettings: { hideModifiers: true, hideDefaults: true, hideInherited: true, hideOverrides: true },
  validation: { notExported: false },
  logLevel: 'Warn',
};

const core = 'stageplan';

/** Leaves what a reader looks up. */
function leaveWhatIsLookedUp({ converter, renderer }) {
  converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) module.name ||= core;
    // Errors are caught, never made.
    for (const made of project.getReflectionsByKind(ReflectionKind.Constructor))
      project.removeReflection(made);
    // What a schema or a machine holds is no type that anybody reads: the pages of RunConfigs, plans and orders have it.
    for (const { type } of project.getReflectionsByKind(ReflectionKind.Variable | ReflectionKind.Property))
      if (type instanceof ReferenceType && /^(Zod|StateMachine)/.test(type.name)) delete type.typeArguments;
    for (const { comment, type } of project.getReflectionsByKind(ReflectionKind.All)) {
      if (comment) listErrors(comment);
      type?.visit(sortingLiterals);
    }
  });
  // api/index.md is written by hand.
  renderer.on(Renderer.EVENT_BEGIN, (event) => {
    event.pages.splice(0, Infinity, ...event.pages.filter(({ model }) => !model.isProject()));
  });
}

/** The compiler lists the values of a type as it comes across them, which changes with code that has nothing to do with it. */
const sortingLiterals = makeRecursiveVisitor({
  union({ types }) {
    if (types.every(({ type }) => type === 'literal'))
      types.sort((a, b) => String(a.value).localeCompare(String(b.value), 'en'));
  },
});

/** Makes one list of all that is thrown, with the names of the errors. */
function listErrors(comment) {
  const thrown = comment.blockTags.filter(({ tag }) => tag === '@throws');
  const [first] = thrown;
  if (first === undefined) return;
  first.content = thrown.flatMap(({ typeAnnotation = '', content }) => [
    { kind: 'text', text: `\n- ${typeAnnotation.replace(/^\{(.*)\}$/, '`$1` ')}` },
    ...content,
  ]);
  comment.blockTags = comment.blockTags.filter((tag) => tag === first || tag.tag !== '@throws');
}
