/** What a new team does, in this order: each step needs those before it. */
export const STEPS = ['hetzner', 'gitlab', 'pool'] as const;
export type Step = (typeof STEPS)[number];

/** What is there already. */
export type Done = Readonly<Record<Step, boolean>>;

/** The first step that is not done; `undefined` once all are. */
export const currentStep = (done: Done): Step | undefined => STEPS.find((step) => !done[step]);
