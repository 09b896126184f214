// House rules that no built-in lint rule can say: who may import whom, and what would make the engine differ between machines.
// Runs inside oxlint as a JS plugin; every rule has a fixture in test/lint-fixtures that must fail.
import { dirname, resolve } from 'node:path';

/** layer → the layers it may import. `types` may be imported for their types only. */
const LAYERS = {
  app: { values: ['ui', 'store', 'viz', 'runtime', 'lesson', 'scenario', 'commands'], types: ['sim'] },
  ui: { values: ['store', 'viz', 'lesson', 'scenario', 'commands'], types: ['sim'] },
  store: { values: ['runtime', 'lesson', 'scenario', 'commands', 'sim'], types: [] },
  runtime: { values: ['lesson', 'scenario', 'commands', 'sim'], types: [] },
  lesson: { values: ['scenario', 'commands', 'sim'], types: [] },
  scenario: { values: ['commands', 'sim'], types: [] },
  commands: { values: ['sim'], types: [] },
  cli: { values: ['runtime', 'lesson', 'scenario', 'commands', 'sim'], types: [] },
  viz: { values: [], types: ['sim'] },
  sim: { values: [], types: [] },
};

/** What IEEE 754 or the language pins down exactly; the rest of Math differs between browsers in the last bits. */
const EXACT_MATH = new Set(
  (
    'abs ceil clz32 floor fround imul max min round sign sqrt trunc ' +
    'E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2'
  ).split(' '),
);

const isTest = (file) => /\.test\.tsx?$/.test(file);
const isChart = (file) => /\.chart(\.ts)?$/.test(file);

/** Path inside the last `src/` of a file name, or undefined outside src. */
function inSrc(file) {
  const path = file.replaceAll('\\', '/');
  const at = path.lastIndexOf('/src/');
  return at < 0 ? undefined : path.slice(at + 5);
}
/** The layer that a file is in; undefined for what is in none: outside src, or beside the layers. */
const layerOf = (file) => {
  const path = inSrc(file);
  return path?.includes('/') ? path.slice(0, path.indexOf('/')) : undefined;
};
const targetOf = (file, specifier) => resolve(dirname(file), specifier.replace(/\?.*$/, ''));
const isContent = (target) => target.replaceAll('\\', '/').includes('/lessons/');
const isRelative = (specifier) => specifier.startsWith('.');

/** `import type …`, `export type …`, or only inline `type` names: erased before anything runs. */
function isTypeOnly(node) {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((n) => n.importKind === 'type' || n.exportKind === 'type');
}

/** What a string, or a template without holes, says. */
const textOf = (node) =>
  node?.type === 'TemplateLiteral' && node.expressions.length === 0
    ? node.quasis[0].value.cooked
    : (node?.value ?? node?.literal?.value);

/** Calls `check(node, specifier)` for each way a module can be named. */
function eachImport(check) {
  const visit = (node) => {
    const value = textOf(node.source ?? node.argument ?? node.moduleReference?.expression);
    if (typeof value === 'string') check(node, value);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
    TSImportEqualsDeclaration: visit,
    TSImportType: visit,
  };
}

const rule = (create) => ({ create });

/** A rule for the engine: silent elsewhere and in its tests. */
const simRule = (create) =>
  rule((context) =>
    layerOf(context.filename) === 'sim' && !isTest(context.filename) ? create(context) : {},
  );

export default {
  meta: { name: 'paddock' },
  rules: {
    direction: rule((context) => {
      const file = context.filename;
      const from = layerOf(file);
      if (!from || from === 'sim' || isTest(file)) return {};
      return eachImport((node, specifier) => {
        if (!isRelative(specifier)) return;
        const target = targetOf(file, specifier);
        const to = layerOf(target);
        if (to === from) return;
        if (!to) {
          // Content is asked for by name and a query, which says what a plugin makes of it.
          if (isContent(target)) return;
          context.report({
            node,
            message: `src/${from} imports from layers and lessons only ("${specifier}").`,
          });
          return;
        }
        const allowed = LAYERS[from];
        if (!allowed) {
          context.report({ node, message: `src/${from} is in no layer; add it to LAYERS in scripts/lint.` });
          return;
        }
        if (allowed.values.includes(to)) return;
        // Charts are the readable source of the state tables; showing them is their purpose.
        if (from === 'ui' && isChart(target)) return;
        if (!allowed.types.includes(to)) {
          context.report({ node, message: `src/${from} may not import from src/${to}.` });
        } else if (!isTypeOnly(node)) {
          context.report({ node, message: `src/${from} may import only types from src/${to}.` });
        }
      });
    }),

    'sim-imports': simRule((context) => {
      const file = context.filename;
      const bareAllowed = isChart(file) && inSrc(file).startsWith('sim/charts/') ? ['xstate'] : [];
      return eachImport((node, specifier) => {
        if (!isRelative(specifier)) {
          if (bareAllowed.includes(specifier)) return;
          context.report({ node, message: `The engine imports no package ("${specifier}").` });
          return;
        }
        const target = targetOf(file, specifier);
        if (layerOf(target) !== 'sim') {
          context.report({ node, message: `The engine imports nothing outside src/sim ("${specifier}").` });
        } else if (isTest(target)) {
          context.report({ node, message: 'Tests may import anything, so the engine imports none of them.' });
        } else if (isChart(target) && !isChart(file)) {
          context.report({ node, message: 'Charts are for the UI and tests; the engine runs plain tables.' });
        }
      });
    }),

    'sim-no-dynamic-import': simRule((context) => ({
      ImportExpression(node) {
        context.report({ node, message: 'The engine is loaded whole: no dynamic import.' });
      },
    })),

    'sim-no-meta': simRule((context) => ({
      MetaProperty(node) {
        if (node.meta.name !== 'import') return;
        context.report({ node, message: 'The engine does not know where it lies or how it was built.' });
      },
    })),

    'sim-exact-math': simRule((context) => ({
      Identifier(node) {
        if (node.name !== 'Math') return;
        const parent = node.parent;
        // As the name of a property it is not the global.
        const named = parent.property === node || parent.key === node;
        if (named && !parent.computed && !parent.shorthand) return;
        const name =
          parent.type === 'MemberExpression' && parent.object === node
            ? parent.computed
              ? parent.property.value
              : parent.property.name
            : undefined;
        if (EXACT_MATH.has(name)) return;
        const what = name ? `Math.${name} is` : 'Math other than by a plain exact member is';
        context.report({
          node: parent,
          message: `${what} not the same on every machine; see portable-math.`,
        });
      },
    })),

    'sim-no-exponent': simRule((context) => {
      const report = (node) => {
        if (node.operator === '**' || node.operator === '**=') {
          context.report({
            node,
            message: '** is not the same on every machine; multiply, or see portable-math.',
          });
        }
      };
      return { BinaryExpression: report, AssignmentExpression: report };
    }),
  },
};
