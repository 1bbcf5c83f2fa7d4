const LENGTH = 20;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** What Hetzner makes, and mails, where an order names no SSH key. It opens nothing here. */
export const rootPassword = (random: () => number): string =>
  Array.from({ length: LENGTH }, () => ALPHABET.charAt(Math.floor(random() * ALPHABET.length))).join('');
