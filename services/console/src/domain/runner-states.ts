/** What the API calls the states of a runner. */
export type RunnerState =
  | 'BUSY'
  | 'IDLE'
  | 'STARTING'
  | 'ENROLLING'
  | 'CLEANING'
  | 'DRAINING'
  | 'STOPPING'
  | 'FAILED'
  | 'REQUESTED'
  | 'ASLEEP'
  | 'DELETED';

/** A state as people read it. */
export interface StateWords {
  readonly state: RunnerState;
  readonly word: string;
  readonly meaning: string;
}

/** All states, in the order of legends: what works, what is on its way, what leaves, what is not there. */
export const RUNNER_STATES: readonly StateWords[] = [
  { state: 'BUSY', word: 'Busy', meaning: 'Runs a job.' },
  { state: 'IDLE', word: 'Idle', meaning: 'Ready for a job: enrolled, protected, known to GitLab.' },
  { state: 'STARTING', word: 'Starting', meaning: 'A machine is ordered from Hetzner.' },
  { state: 'ENROLLING', word: 'Enrolling', meaning: 'The machine proves who it is and is closed off.' },
  { state: 'CLEANING', word: 'Cleaning', meaning: 'The machine is rebuilt for its next job.' },
  { state: 'DRAINING', word: 'Draining', meaning: 'Takes no new job; goes when its job is over.' },
  { state: 'STOPPING', word: 'Stopping', meaning: 'The machine is being deleted.' },
  { state: 'FAILED', word: 'Failed', meaning: 'The machine missed a deadline and is being deleted.' },
  { state: 'REQUESTED', word: 'Requested', meaning: 'Waits for its static IP.' },
  { state: 'ASLEEP', word: 'Asleep', meaning: 'No machine, no machine cost; the static IP is kept.' },
  { state: 'DELETED', word: 'Deleted', meaning: 'Gone, and its static IP released.' },
];

const byState = new Map(RUNNER_STATES.map((words) => [words.state, words]));

export const isRunnerState = (text: string): text is RunnerState => byState.has(text as RunnerState);

export const wordsOf = (state: RunnerState): StateWords =>
  byState.get(state) ?? { state, word: state, meaning: '' };

const WITHOUT_MACHINE: ReadonlySet<RunnerState> = new Set(['REQUESTED', 'ASLEEP', 'DELETED']);

/** Whether a runner has a machine. */
export const isAwake = (state: RunnerState): boolean => !WITHOUT_MACHINE.has(state);
