import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readManifests } from './manifest';

const read = (text: string) => readManifests([{ file: 'k8s.yaml', text }]);

describe('manifests', () => {
  it("fill in Kubernetes' defaults", () => {
    const text = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  template:
    spec:
      containers:
        - name: sidecar
        - name: server
          readinessProbe: { grpc: { port: 7070 } }
          env:
            - { name: STORE_ADDR, value: 'redis://store:6379' }
            - { name: PORT, value: '80' }
            - { name: SECRET_ADDR, valueFrom: { secretKeyRef: { name: s, key: k } } }
`;
    expect(read(text)).toEqual([
      {
        name: 'cart',
        replicas: 1,
        probe: { periodS: 10, failureThreshold: 3, successThreshold: 1 },
        addresses: ['store'],
      },
    ]);
  });

  it('may be lists, JSON, and several documents with other kinds between', () => {
    const list =
      '{"kind": "List", "items": [{"kind": "StatefulSet", "metadata": {"name": "a"}, "spec": {"replicas": 3}}]}';
    const documents = `---\nkind: Service\nmetadata: { name: x }\n---\n# nothing\n---\nkind: DaemonSet\nmetadata: { name: b }\n`;
    expect(read(list)).toMatchObject([{ name: 'a', replicas: 3, probe: undefined }]);
    expect(read(documents)).toMatchObject([{ name: 'b', replicas: 1 }]);
  });

  it('need a workload, and a name for each', () => {
    expect(() => read('kind: Service\n')).toThrow('k8s.yaml:1:1: there is no Deployment here; ');
    expect(() => read('just text')).toThrow('k8s.yaml:1:1: there is no Deployment here; ');
    expect(() => read('---\nkind: [')).toThrow(/^k8s\.yaml:2:\d+: not valid YAML/);
  });

  const online = new URL('../../../shared/data/online-boutique/kubernetes-manifests.yaml', import.meta.url);
  it.skipIf(!existsSync(online))('are read of a real system (skipped where ../shared/data is absent)', () => {
    const workloads = readManifests([{ file: 'm.yaml', text: readFileSync(online, 'utf8') }]);
    expect(workloads).toHaveLength(12);
    expect(workloads.find(({ name }) => name === 'adservice')?.probe?.periodS).toBe(15);
    const frontend = workloads.find(({ name }) => name === 'frontend');
    expect(frontend?.addresses).toContain('currencyservice');
    expect(frontend?.replicas).toBe(1);
  });
});
