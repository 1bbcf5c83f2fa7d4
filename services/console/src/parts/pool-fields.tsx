import type { PoolWish } from '../domain/pool-wish.js';
import { Checkbox } from './checkbox.js';
import { Field } from './field.js';

/** Fields of a pool that are text, each with what helps to fill it in. */
const JOBS = [
  ['name', 'Name', 'What people call it.'],
  ['tags', 'Tags', 'Such as linux, docker. A job needs a pool that has all of its tags.'],
] as const;
const MACHINES = [
  [
    'serverTypes',
    'Server types',
    'Such as cx23, cpx22, the best first: where one is sold out, the next is tried.',
  ],
  [
    'locations',
    'Locations',
    'Such as fsn1, nbg1: runners are spread over them in turn. A change holds for new runners.',
  ],
  ['image', 'Image', 'Hetzner’s name for it, such as debian-12.'],
  ['idleTimeout', 'Idle before it is unwanted', 'Such as 5 min.'],
  ['maxMachineAge', 'Age at which a machine is replaced', 'Such as 24 h. A running job finishes first.'],
] as const;

/** What a pool is to be, at its creation and later. */
export function PoolFields({ wish }: { readonly wish: PoolWish }) {
  return (
    <>
      <TextFields fields={JOBS} wish={wish} />
      <Checkbox name="input.runUntagged" label="Takes jobs without tags, too" isChecked={wish.runUntagged} />
      <Checkbox
        name="input.protectedOnly"
        label="Takes jobs of protected branches and tags only"
        isChecked={wish.protectedOnly}
      />
      <Field label="A fresh machine" path="input.freshMachine">
        {(control) => (
          <select {...control} defaultValue={wish.freshMachine}>
            <option value="EVERY_JOB">for every job</option>
            <option value="EVERY_START">at every start, then for many jobs</option>
          </select>
        )}
      </Field>
      <TextFields fields={MACHINES} wish={wish} />
    </>
  );
}

interface TextFieldsProps {
  readonly fields: typeof JOBS | typeof MACHINES;
  readonly wish: PoolWish;
}

const TextFields = ({ fields, wish }: TextFieldsProps) =>
  fields.map(([name, label, hint]) => (
    <Field key={name} label={label} path={`input.${name}`} hint={hint}>
      {(control) => <input {...control} defaultValue={wish[name]} autoComplete="off" spellCheck={false} />}
    </Field>
  ));
