/** A lesson's text: prose as it is, tags as what they do. */
import { createElement, Fragment, type ReactNode } from 'react';
import type { LessonNode } from '../../lesson/lesson.ts';
import { useHerd } from '../herd/herd-context.tsx';
import { ClaimRow } from './claim-row.tsx';
import { CodeFigure } from './code-figure.tsx';
import { DoButton } from './do-button.tsx';
import { GoalRow } from './goal-row.tsx';
import { Prediction } from './prediction.tsx';
import { ShowWords } from './show-words.tsx';
import { MeasuredValue } from './measured-value.tsx';
import { WhyBox } from './why-box.tsx';

export function Nodes({ nodes }: { nodes: readonly LessonNode[] }) {
  // The text never changes while it is shown, so places serve as keys.
  return nodes.map((node, place) => <Fragment key={place}>{rendered(node)}</Fragment>);
}

function rendered(node: LessonNode): ReactNode {
  if (typeof node === 'string') return node;
  switch (node.kind) {
    case 'element': {
      const { name, href, start, children } = node;
      const attributes = { ...(href ? { href, rel: 'noreferrer' } : {}), ...(start ? { start } : {}) };
      return children.length > 0
        ? createElement(name, attributes, <Nodes nodes={children} />)
        : createElement(name, attributes);
    }
    case 'do':
      return (
        <DoButton node={node}>
          <Nodes nodes={node.children} />
        </DoButton>
      );
    case 'predict':
      return <Prediction node={node} render={(nodes) => <Nodes nodes={nodes} />} />;
    case 'claim':
      return (
        <ClaimRow node={node}>
          <Nodes nodes={node.children} />
        </ClaimRow>
      );
    case 'goal':
      return (
        <GoalRow node={node}>
          <Nodes nodes={node.children} />
        </GoalRow>
      );
    case 'value':
      return <MeasuredValue node={node} />;
    case 'show':
      return (
        <ShowWords node={node}>
          <Nodes nodes={node.children} />
        </ShowWords>
      );
    case 'code':
      return <CodeFigure node={node} />;
    case 'only':
      return <OnPlatform platform={node.platform} nodes={node.children} />;
    case 'why':
      return (
        <WhyBox node={node}>
          <Nodes nodes={node.children} />
        </WhyBox>
      );
  }
}

function OnPlatform({ platform, nodes }: { platform: string; nodes: readonly LessonNode[] }) {
  const here = useHerd((state) => state.facts?.platform);
  return here === platform ? <Nodes nodes={nodes} /> : null;
}
