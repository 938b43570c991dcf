import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

/** One import, re-export, dynamic import or import type of a file. */
export interface ImportFound {
  readonly from: string;
  /** As written: a package, a Node module, or a relative path. */
  readonly specifier: string;
  /** The file from the project's root for a relative path, else undefined. */
  readonly file: string | undefined;
  readonly isTypeOnly: boolean;
}

/** Every module that a file names, whatever the syntax. */
export function importsOf(source: SourceFile): readonly ImportFound[] {
  const tree = parse(source);
  const found: ImportFound[] = [];
  const visit = (node: ts.Node): void => {
    const named = moduleNamedBy(node);
    if (named !== undefined) found.push(describeImport(source.path, named));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The syntax tree of a file, with parents. */
export function parse({ path, text }: SourceFile): ts.SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind);
}

/** `path:line` of a node, as an editor understands it. */
export function placeOf(node: ts.Node): string {
  const tree = node.getSourceFile();
  return `${tree.fileName}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

interface ModuleNamed {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

function moduleNamedBy(node: ts.Node): ModuleNamed | undefined {
  if (ts.isImportDeclaration(node)) {
    return named(node.moduleSpecifier, isTypeOnlyImport(node));
  }
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return named(node.argument.literal, true);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return named(node.arguments[0], false);
  }
  return undefined;
}

function named(specifier: ts.Node | undefined, isTypeOnly: boolean): ModuleNamed | undefined {
  if (specifier === undefined || !ts.isStringLiteral(specifier)) return undefined;
  return { specifier: specifier.text, isTypeOnly };
}

function isTypeOnlyImport(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  if (clause.name !== undefined || bindings === undefined) return false;
  return ts.isNamedImports(bindings) && bindings.elements.every((element) => element.isTypeOnly);
}

function describeImport(from: string, { specifier, isTypeOnly }: ModuleNamed): ImportFound {
  const file = specifier.startsWith('.')
    ? posix.normalize(posix.join(posix.dirname(from), specifier))
    : undefined;
  return { from, specifier, file, isTypeOnly };
}
