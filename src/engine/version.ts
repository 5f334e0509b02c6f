/** The version of Smirnov, which reports carry; a test holds it against package.json. */
export const version = "0.1.0";
