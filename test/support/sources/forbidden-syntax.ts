import ts from 'typescript';
import { parse, placeOf } from './imports-of.ts';
import type { SourceFile } from './source-files.ts';

// Put together here, so that these rules do not find themselves.
const SUPPRESSIONS = [
  ...['ignore', 'expect-error', 'nocheck'].map((word) => `@ts-${word}`),
  ...['biome', 'oxlint', 'eslint'].flatMap((tool) => [`${tool}-ignore`, `${tool}-disable`]),
];
const WAITS = /^(sleep|delay|waitFor(Timeout))$/;
const CASUAL = /^(it|test|describe)$/;

/** Comments that silence a tool: the budget is none. */
export function suppressionsIn({ path, text }: SourceFile): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, at) =>
      SUPPRESSIONS.some((word) => line.includes(word)) ? [`${path}:${at + 1}`] : [],
    );
}

/** Where a type is claimed and not shown: `any`, `as` (but for `as const`), `<T>x`, `x!`. */
export function unprovenTypesIn(source: SourceFile): readonly string[] {
  return placesWhere(source, isUnproven);
}

/** Where a test waits for time and not for a condition, or is left out. */
export function casualTestsIn(source: SourceFile): readonly string[] {
  return placesWhere(source, (node) => isBareWait(node) || isLeftOut(node));
}

/** True for a file that does nothing but hand on what others export. */
export function isBarrel(source: SourceFile): boolean {
  const { statements } = parse(source);
  return (
    statements.length > 0 &&
    statements.every((statement) => ts.isExportDeclaration(statement) && hasModule(statement))
  );
}

function placesWhere(source: SourceFile, matches: (node: ts.Node) => boolean): readonly string[] {
  const places: string[] = [];
  const visit = (node: ts.Node): void => {
    if (matches(node)) places.push(placeOf(node));
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return places;
}

function isUnproven(node: ts.Node): boolean {
  if (ts.isAsExpression(node)) return !ts.isConstTypeReference(node.type);
  return (
    ts.isTypeAssertionExpression(node) ||
    ts.isNonNullExpression(node) ||
    node.kind === ts.SyntaxKind.AnyKeyword
  );
}

/** `sleep(…)`, `page.waitFor…(…)`, or a timer that only settles a promise. */
function isBareWait(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const name = calledName(node.expression);
  if (WAITS.test(name)) return true;
  const settled = node.arguments[0];
  return name === 'setTimeout' && settled !== undefined && ts.isIdentifier(settled);
}

function isLeftOut(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return false;
  return CASUAL.test(node.expression.text) && /^(skip|only|todo|fails)$/.test(node.name.text);
}

function calledName(expression: ts.Expression): string {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}

function hasModule(statement: ts.ExportDeclaration): boolean {
  return statement.moduleSpecifier !== undefined;
}
