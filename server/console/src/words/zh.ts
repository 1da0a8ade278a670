// What the server says in both languages: 中文 / English.
export const zh = (message: string): string => message.split(" / ")[0] ?? message;
