/**
 * `npm run reference`: makes docs/reference from the doc comments of what src/index.ts and src/testing.ts export, a page for
 * each section of src/index.ts, which a comment line there begins; a page of the rules of `fluxwright check`; and the schema of
 * fluxwright.yaml, for editors.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as ts from 'typescript';
import { rules } from '../src/checks/index';
import { checksPage } from './checks-page';
import { SETTINGS_SCHEMA_FILE, settingsSchema } from './settings-schema';

const project = resolve(__dirname, '..');

interface Section {
  readonly title: string;
  readonly page: string;
  readonly from: string;
  readonly symbols: ts.Symbol[];
}

/** The pages, by their paths from the project's folder. */
export function referencePages(): Map<string, string> {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(project, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config, ts.sys, project);
  const entries = ['src/index.ts', 'src/testing.ts'].map((path) => join(project, path));
  const program = ts.createProgram(entries, { ...options, noEmit: true, incremental: false, tsBuildInfoFile: undefined });
  const checker = program.getTypeChecker();
  const [index, testing] = entries.map((path) => program.getSourceFile(path)!) as [ts.SourceFile, ts.SourceFile];
  const sections = [...sectionsOf(index, checker), { title: 'testing', page: 'testing.md', from: 'fluxwright/testing', symbols: exportsOf(testing, checker) }];
  const pages = sections.map((section) => [`docs/reference/${section.page}`, pageOf(section, checker)] as const);
  return new Map([['docs/reference/README.md', contents(sections)], ...pages, ['docs/reference/checks.md', checksPage()]]);
}

function sectionsOf(source: ts.SourceFile, checker: ts.TypeChecker): Section[] {
  const sections: Section[] = [{ title: 'the app', page: 'app.md', from: 'fluxwright', symbols: [] }];
  for (const statement of source.statements.filter(ts.isExportDeclaration)) {
    const comment = /^\/\/ (.*)$/m.exec(source.text.slice(statement.pos, statement.getStart()))?.[1];
    if (comment !== undefined) sections.push({ title: comment, page: `${comment.toLowerCase().replaceAll(' ', '-')}.md`, from: 'fluxwright', symbols: [] });
    const { exportClause } = statement;
    const symbols = exportClause !== undefined && ts.isNamedExports(exportClause)
      ? exportClause.elements.map((element) => target(checker.getSymbolAtLocation(element.name)!, checker))
      : checker.getExportsOfModule(checker.getSymbolAtLocation(statement.moduleSpecifier!)!).map((symbol) => target(symbol, checker));
    sections.at(-1)!.symbols.push(...symbols);
  }
  return sections;
}

function exportsOf(source: ts.SourceFile, checker: ts.TypeChecker): ts.Symbol[] {
  return checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).map((symbol) => target(symbol, checker));
}

function target(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function contents(sections: readonly Section[]): string {
  const rows = sections.map(({ title, page, symbols }) => `| [${title}](${page}) | ${headed(symbols).map(({ name }) => `[${name}](${page}#${name.toLowerCase()})`).join(' · ')} |`);
  return ['# Reference', '', 'Made from the doc comments of the source. How to use it all is in the [guides](../../README.md#guides).', '', '| | |', '| --- | --- |', ...rows, '| [checks](checks.md) | every rule of `fluxwright check`, with an example and what to do |', ''].join('\n');
}

/** What has a heading of its own: the props of a construct stand with the construct. */
function headed(symbols: readonly ts.Symbol[]): ts.Symbol[] {
  return symbols.filter(({ name }) => !(name.endsWith('Props') && symbols.some((other) => `${other.name}Props` === name)));
}

function pageOf({ title, from, symbols }: Section, checker: ts.TypeChecker): string {
  const parts = headed(symbols).map((symbol) => entry(symbol, symbols.find(({ name }) => name === `${symbol.name}Props`), checker));
  return [`# Reference: ${title}`, '', `From \`${from}\`. All [sections](README.md).`, '', ...parts].join('\n');
}

function entry(symbol: ts.Symbol, props: ts.Symbol | undefined, checker: ts.TypeChecker): string {
  const declaration = symbol.declarations![0]!;
  if (declaration.getSourceFile().fileName.includes('/node_modules/cdk8s/')) return `## ${symbol.name}\n\nOf [cdk8s](https://cdk8s.io/docs/latest/): here for platforms that need nothing else of it.\n`;
  const constructor = ts.isClassDeclaration(declaration) ? declaration.members.find(ts.isConstructorDeclaration) : undefined;
  const throwing = [...tagsOf(symbol, 'throws'), ...(constructor === undefined ? [] : textOfTags(ts.getJSDocTags(constructor), 'throws'))];
  const table = props ?? (ts.isInterfaceDeclaration(declaration) ? symbol : undefined);
  return [
    `## ${symbol.name}`,
    prose(documentation(symbol).text),
    signature(symbol, checker),
    ...tagsOf(symbol, 'example').map(code),
    table === undefined ? '' : propsTable(table, checker),
    ts.isClassDeclaration(declaration) ? members(declaration, checker) : '',
    ...throwing.map((text) => `**Throws** ${prose(oneLine(text))}.`),
    ...tagsOf(symbol, 'see').map((text) => `**See** ${prose(text)}`),
  ].filter((part) => part !== '').join('\n\n').concat('\n');
}

/** How a function or a type is written; a class has its props instead. */
function signature(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const declaration = symbol.declarations![0]!;
  if (ts.isFunctionDeclaration(declaration)) return code(withoutComments(declaration.getText().slice(0, declaration.body!.getStart() - declaration.getStart())).replace(/^export /, '').trim());
  if (!ts.isTypeAliasDeclaration(declaration)) return '';
  const isComputed = declaration.type.getText().includes('typeof ');
  const spelledOut = isComputed ? checker.typeToString(checker.getDeclaredTypeOfSymbol(symbol), undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType) : undefined;
  return code(spelledOut === undefined ? declaration.getText().replace(/^export /, '') : `type ${symbol.name} = ${spelledOut};`);
}

function propsTable(table: ts.Symbol, checker: ts.TypeChecker): string {
  const parameters = typeArguments(table.declarations![0]!, checker);
  const rows = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(table)).map((property) => {
    const { text, fallback } = documentation(property);
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    return `| \`${property.name}\` | ${shortType(property, parameters)} | ${cell(isOptional ? fallback ?? '' : 'required')} | ${cell(text)} |`;
  });
  return rows.length === 0 ? '' : ['| prop | type | default | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** What the parameters of a generic interface stand for in an alias of it: `Spec` in `SpecResourceProps<IssuerSpec>`. */
function typeArguments(declaration: ts.Declaration, checker: ts.TypeChecker): ReadonlyMap<string, string> {
  if (!ts.isTypeAliasDeclaration(declaration) || !ts.isTypeReferenceNode(declaration.type)) return new Map();
  const { typeName, typeArguments: given = [] } = declaration.type;
  const [generic] = target(checker.getSymbolAtLocation(typeName)!, checker).declarations!;
  const names = ts.isInterfaceDeclaration(generic!) ? generic.typeParameters ?? [] : [];
  return new Map(names.map(({ name }, index) => [name.text, given[index]!.getText()]));
}

function shortType(property: ts.Symbol, parameters: ReadonlyMap<string, string>): string {
  const declaration = property.declarations?.find((one) => ts.isPropertySignature(one) || ts.isMethodSignature(one));
  if (declaration === undefined) return '';
  const written = ts.isPropertySignature(declaration) ? declaration.type!.getText() : declaration.getText().replace(/;$/, '');
  const named = [...parameters, ...localAliases(declaration.getSourceFile())];
  const plain = withoutHelpers(withoutComments(written).replace(/\s+/g, ' ').replace(/\breadonly /g, '').replace(/\| \((string|number) & \{\}\)/, '| $1'), named).replace(/^\| /, '');
  return cell(`\`${plain.length > 90 ? `${plain.slice(0, 88)} …` : plain}\``);
}

function localAliases(source: ts.SourceFile): [string, string][] {
  const isExported = (statement: ts.Statement): boolean => ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return source.statements.filter(ts.isTypeAliasDeclaration).filter((statement) => !isExported(statement)).map(({ name, type }) => [name.text, type.getText()]);
}

/** The types that only say how data are written are left out: `ApiData<T>` is T as the API has it. */
function withoutHelpers(type: string, named: readonly (readonly [string, string])[]): string {
  const spelledOut = named.reduce((text, [name, meaning]) => text.replace(new RegExp(`\\b${name}\\b`, 'g'), () => meaning), type);
  const plain = spelledOut.replace(/\b(?:ApiData|ApiPatch|Readonly|NonNullable)<((?:[^<>]|<[^<>]*>)*)>/g, '$1').replace(/`\$\{([^}]*)\}`/g, '$1');
  return plain === type ? type : withoutHelpers(plain, named);
}

/** What a user may ask of an object of the class, as far as it is documented. */
function members(declaration: ts.ClassDeclaration, checker: ts.TypeChecker): string {
  const isPublic = (member: ts.ClassElement): boolean => (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
  const rows = declaration.members.filter((member) => member.name !== undefined && isPublic(member) && !ts.isComputedPropertyName(member.name)).flatMap((member) => {
    const { text } = documentation(checker.getSymbolAtLocation(member.name!)!);
    if (text === '') return [];
    const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
    const call = ts.isMethodDeclaration(member) ? `(${member.parameters.map(({ name }) => name.getText()).join(', ')})` : '';
    return [`| \`${isStatic ? `${declaration.name!.text}.` : ''}${member.name!.getText()}${call}\` | ${cell(text)} |`];
  });
  return rows.length === 0 ? '' : ['| member | |', '| --- | --- |', ...rows].join('\n');
}

/** A doc comment without its tags; TypeScript takes `@default` for text where it stands behind the text on one line. */
function documentation(symbol: ts.Symbol): { readonly text: string; readonly fallback: string | undefined } {
  const [text = '', inline] = ts.displayPartsToString(symbol.getDocumentationComment(undefined)).split(/\s*@default\s/);
  return { text: text.trim(), fallback: inline ?? tagsOf(symbol, 'default')[0] };
}

function tagsOf(symbol: ts.Symbol, name: string): string[] {
  return (symbol.declarations ?? []).slice(0, 1).flatMap((declaration) => textOfTags(ts.getJSDocTags(declaration), name));
}

function textOfTags(tags: readonly ts.JSDocTag[], name: string): string[] {
  return tags.filter(({ tagName }) => tagName.text === name).map((tag) => tag.getText().replace(/^@\w+\s+/, '').replace(/^[ \t]*\*[ \t]?/gm, '').trim());
}

function cell(text: string): string {
  return prose(oneLine(text.replace(/\n\s*\n?- /g, ' • '))).replaceAll('|', '\\|');
}

/** A `<` outside of code would begin a tag. */
function prose(text: string): string {
  return text.split(/(`[^`]*`)/).map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part)).join('');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}

function withoutComments(text: string): string {
  return text.replace(/[ \t]*\/\*[\s\S]*?\*\/\n?|[ \t]*\/\/.*$/gm, '');
}

if (require.main === module) {
  const pages = referencePages();
  const folder = join(project, 'docs/reference');
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  for (const [path, text] of pages) writeFileSync(join(project, path), text);
  writeFileSync(join(project, SETTINGS_SCHEMA_FILE), settingsSchema(rules.map(({ id }) => id)));
  console.log(`${pages.size} pages in ${dirname([...pages.keys()][0]!)}`);
}
