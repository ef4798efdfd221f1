export { MissingPackageError } from '../src/require-package.ts';
export type { Arrow, Box, Boxes } from './boxes.ts';
export { renderDefinition } from './definition.ts';
export { renderDot } from './dot.ts';
export {
  drawBoxes,
  drawFlow,
  drawJourney,
  drawPlanTree,
  drawSequence,
  type PictureFormat,
  pictureFormats,
} from './draw.ts';
export { type GraphEdge, type GraphState, type SequenceGraph, sequenceGraph } from './graph.ts';
export { type Inspect, type InspectOptions, inspectStagePlan, type JourneyOutcome } from './inspect.ts';
export { type Journey, journeyOfPlan, journeyOfRun } from './journey.ts';
export { LargePictureError } from './large-picture-error.ts';
export { type Mark, type Marks, markJourney, markWalk } from './marks.ts';
export { renderMermaid } from './mermaid.ts';
export { type Story, storyOf } from './story.ts';
export { layOut, renderSvg } from './svg.ts';
export { tellStory } from './tell-story.ts';
export { type Trace, type TraceEvent, type TraceState, traceStagePlan } from './trace.ts';
