import { canonicalSequence } from 'stageplan/machines';
import { drawSequence } from 'stageplan/visualizations';

console.log(await drawSequence(canonicalSequence, 'mermaid'));
