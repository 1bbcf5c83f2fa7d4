const BRAKE_MIN = 3;
const BRAKE_SHARE = 0.2;

/** More than 3 and more than a fifth of all at once: that looks like a fault of what was asked, not like the truth. */
export const areVeryMany = (some: number, all: number): boolean =>
  some > Math.max(BRAKE_MIN, all * BRAKE_SHARE);
