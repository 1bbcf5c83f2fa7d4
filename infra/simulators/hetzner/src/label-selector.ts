import { isLabelKey, isLabelValue } from './labels.js';

type Labels = Readonly<Record<string, string>>;
type Requirement = (labels: Labels) => boolean;

const SET = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUALITY = /^([^\s!=]+)\s*(==|=|!=)\s*([^\s!=]*)$/;

/**
 * Reads a label selector of Hetzner's query language; commas mean "and". As documented, `!=` also finds what lacks the
 * key, and `notin` does likewise.
 *
 * @returns `undefined` where the text is no selector
 */
export function parseLabelSelector(text: string): Requirement | undefined {
  const requirements: Requirement[] = [];
  for (const part of partsOf(text)) {
    const requirement = parseRequirement(part.trim());
    if (!requirement) return undefined;
    requirements.push(requirement);
  }
  return (labels) => requirements.every((holds) => holds(labels));
}

/** A comma inside parentheses separates values, not requirements. */
function partsOf(selector: string): string[] {
  const borders = [-1];
  let depth = 0;
  for (const [at, char] of selector.split('').entries()) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === ',' && depth === 0) borders.push(at);
  }
  return borders.map((border, index) => selector.slice(border + 1, borders[index + 1]));
}

function parseRequirement(text: string): Requirement | undefined {
  const set = SET.exec(text);
  if (set) return parseSet(set[1] ?? '', set[2] === 'in', set[3] ?? '');
  const equality = EQUALITY.exec(text);
  if (equality) return parseEquality(equality[1] ?? '', equality[2] !== '!=', equality[3] ?? '');
  const key = text.replace(/^!\s*/, '');
  if (!isLabelKey(key)) return undefined;
  const wanted = key === text;
  return (labels) => Object.hasOwn(labels, key) === wanted;
}

function parseSet(key: string, wanted: boolean, list: string): Requirement | undefined {
  const values = list.split(',').map((value) => value.trim());
  if (!isLabelKey(key) || !values.every(isLabelValue)) return undefined;
  return (labels) => (Object.hasOwn(labels, key) && values.includes(labels[key] ?? '')) === wanted;
}

function parseEquality(key: string, wanted: boolean, value: string): Requirement | undefined {
  if (!isLabelKey(key) || !isLabelValue(value)) return undefined;
  return (labels) => (Object.hasOwn(labels, key) && labels[key] === value) === wanted;
}
