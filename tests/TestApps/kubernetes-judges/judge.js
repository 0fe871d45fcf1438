// Reads a JSON array of Kubernetes objects and prints, as a JSON array, what the schemas of the Kubernetes API find wrong with them.
import { readFileSync } from "node:fs";

const faults = [];
for (const object of JSON.parse(readFileSync(0, "utf8"))) {
  const name = `${object.apiVersion} ${object.kind} ${object.metadata?.name ?? object.metadata?.generateName}`;
  try {
    const Model = (await import(`kubernetes-models/${object.apiVersion}`))[object.kind];
    if (Model) new Model(object).validate();
    else faults.push(`${name}: there is no such kind`);
  } catch (fault) {
    faults.push(`${name}: ${fault.message}`);
  }
}
console.log(JSON.stringify(faults));
