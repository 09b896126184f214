/** Cuts a lesson at its `##` headings and follows its scenes. */
import type { Node } from '@markdoc/markdoc';
import { didYouMean } from '../commands/suggest.ts';
import type { Step } from './lesson.ts';
import { text, type Named, type Reading } from './reading.ts';

/** Every tag with an id, and every goal, in order and with its scene. */
export function namedTags(root: Node, firstScene: string): Named[] {
  const named: Named[] = [];
  let scene = firstScene;
  for (const node of root.walk()) {
    if (node.type !== 'tag') continue;
    if (node.tag === 'scene') scene = text(node, 'name') || scene;
    else if (text(node, 'id') !== '' || node.tag === 'goal')
      named.push({ tag: node.tag ?? '', id: text(node, 'id'), scene, node });
  }
  return named;
}

/** The lesson's steps. What stands before the first heading is a step called `title`. */
export function readSteps(root: Node, title: string, scenes: readonly string[], reading: Reading): Step[] {
  const steps: { title: string; scene: string; nodes: Step['nodes'] }[] = [];
  let step = { title, scene: reading.scene, nodes: [] as Step['nodes'] };
  for (const node of root.children) {
    if (node.type === 'heading' && node.attributes.level === 2) {
      if (step.nodes.length > 0) steps.push(step);
      step = { title: plainText(node), scene: reading.scene, nodes: [] };
    } else if (node.type === 'tag' && node.tag === 'scene' && step.nodes.length === 0) {
      const name = text(node, 'name');
      if (!scenes.includes(name)) {
        reading.fault(
          node,
          `there is no scenario '${name}' in the front matter${didYouMean(name, scenes) || `; there is ${scenes.join(', ')}`}`,
          'name',
        );
        continue;
      }
      reading.scene = name;
      step.scene = name;
    } else {
      step.nodes = [...step.nodes, ...reading.children([node])];
    }
  }
  if (step.nodes.length > 0) steps.push(step);
  return steps;
}

function plainText(node: Node): string {
  return [...node.walk()]
    .map((inner) => (inner.type === 'text' || inner.type === 'code' ? String(inner.attributes.content) : ''))
    .join('');
}
