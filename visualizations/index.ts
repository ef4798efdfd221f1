export { renderDefinition } from './definition.ts';
export { renderDot } from './dot.ts';
export { drawJourney, drawSequence, type PictureFormat, pictureFormats } from './draw.ts';
export { type GraphEdge, type GraphState, type SequenceGraph, sequenceGraph } from './graph.ts';
export { type Journey, journeyOfPlan, journeyOfRun } from './journey.ts';
export { type Mark, type Marks, markJourney } from './marks.ts';
export { renderMermaid } from './mermaid.ts';
export { MissingPackageError } from './require-package.ts';
export { renderSvg } from './svg.ts';
