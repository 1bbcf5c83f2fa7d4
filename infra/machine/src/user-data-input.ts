/** What one machine is told when it is ordered or rebuilt. */
export interface UserDataInput {
  /** Public origin of the control plane, without a path, such as `https://cleanroom.example`. */
  readonly origin: string;
  /** SHA-256 of the origin's TLS public key, in base64; the agent then trusts no other key. @default none */
  readonly originKey?: string;
  /** SHA-256 of the gitlab-runner program at the origin. @default the newest of GitLab's signed repository */
  readonly runnerSha256?: string;
  readonly machineId: string;
  /** Which life of the machine this is; a rebuild begins the next. */
  readonly generation: number;
  /** Single-use enrolment ticket: the only secret that user data ever holds. */
  readonly ticket: string;
}
