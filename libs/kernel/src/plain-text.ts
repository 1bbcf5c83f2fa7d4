/** Whether a text holds characters that no name is made of, such as line breaks; the database takes no NUL at all. */
export const hasControlCharacters = (text: string): boolean => /\p{Cc}/u.test(text);
