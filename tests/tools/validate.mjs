// Asks the Open XML SDK about file after file: a path on each line in, what is wrong with it as a line of JSON out.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import validate, { getFileFormatFromName } from "./node_modules/@ooxml-tools/validate/dist/npm/index.js";

for await (const path of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await validate(await readFile(path), getFileFormatFromName(path))));
}
process.exit(0);
