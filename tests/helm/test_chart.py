"""The chart: sound YAML in any case, and rendered and linted where helm is installed."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from huiguan.embedded import chart
from huiguan.embedded.chart import CHART

HERE = Path(__file__).parent
VARIANTS = sorted(each.stem for each in (HERE / "variants").iterdir())
OTHERS_KINDS = {"Certificate", "Cluster", "Pooler", "PrometheusRule", "ServiceMonitor", "PodMonitor"}
HELM = chart.find()
needs_helm = pytest.mark.skipif(not HELM, reason="helm is not installed; HELM=<path> names one")
KUBERNETES = "1.30.0"


def values() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
    return content


def rendered(*options: str) -> list[dict[str, Any]]:
    command = [str(HELM), "template", "huiguan", str(CHART), "--kube-version", KUBERNETES, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return [each for each in yaml.safe_load_all(done.stdout) if each]


def variant(name: str) -> list[dict[str, Any]]:
    return rendered("--values", str(HERE / "variants" / f"{name}.yaml"))


def pods(objects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    made = [each for each in objects if each["kind"] in ("Deployment", "Job", "CronJob")]
    return {each["metadata"]["labels"]["app.kubernetes.io/component"]: pod_of(each["spec"]) for each in made}


def pod_of(spec: dict[str, Any]) -> dict[str, Any]:
    """Of a CronJob one level further in."""
    found: dict[str, Any] = (spec["jobTemplate"]["spec"] if "jobTemplate" in spec else spec)["template"]["spec"]
    return found


def test_the_default_values_are_what_the_schema_allows() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(values(), schema)
    for wrong in (
        {"env": {"STRIPE_SECRET_KEY": "sk"}},
        {"podSecurityContext": {"runAsNonRoot": False}},
        {"replica": 2},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**values(), **wrong}, schema)


def test_every_value_that_a_template_reads_exists() -> None:
    read = {
        tuple(path.strip(".").split("."))
        for template in (CHART / "templates").iterdir()
        for path in re.findall(r"\.Values((?:\.\w+)+)", template.read_text("utf-8"))
    }
    assert read
    for path in read:
        here: Any = values()
        for name in path:
            assert name in here, f".Values.{'.'.join(path)} is not in values.yaml"
            here = here[name]


def test_chart_and_values_are_sound_yaml() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text("utf-8"))
    assert chart["name"] == "huiguan" and chart["apiVersion"] == "v2"


@needs_helm
@pytest.mark.parametrize("name", VARIANTS)
def test_kubernetes_knows_every_field_of_what_is_rendered(name: str) -> None:
    for each in variant(name):
        if each["kind"] not in OTHERS_KINDS:
            kubernetes_validate.validate(each, KUBERNETES, strict=True)


@needs_helm
@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_rendered_is_what_was_reviewed(name: str) -> None:
    """When it is meant to change: HELM's `template` with the variant, into tests/helm/golden."""
    golden = list(filter(None, yaml.safe_load_all((HERE / "golden" / f"{name}.yaml").read_text("utf-8"))))
    assert variant(name) == golden


@needs_helm
def test_a_backup_has_the_disk_its_secrets_and_an_address() -> None:
    job = pods(variant("cloud"))["backups"]
    assert job["containers"][0]["args"] == ["chamber", "backups"]
    told = {each["name"]: each.get("value") for each in job["containers"][0]["env"]}
    assert told["BACKUP_URL"].startswith("s3://") and told["BACKUP_DAYS"] == "35"
    [run] = (each["emptyDir"] for each in job["volumes"] if each["name"] == "run")
    assert run == {"sizeLimit": "20Gi"}
    assert "backups" not in pods(rendered())


@needs_helm
def test_certificates_are_asked_for_the_wildcard_and_each_domain_of_a_chambers_own() -> None:
    made = [each["spec"] for each in variant("cloud") if each["kind"] == "Certificate"]
    hosts = {each["secretName"]: each["dnsNames"] for each in made}
    assert hosts == {"huiguan-wildcard": ["huiguan.cn", "*.huiguan.cn"], "changde-tls": ["changde.example.com"]}
    [ingress] = (each["spec"] for each in variant("cloud") if each["kind"] == "Ingress")
    assert {each["secretName"] for each in ingress["tls"]} == set(hosts)


@needs_helm
def test_the_database_of_the_operator_may_never_forget() -> None:
    [cluster] = (each["spec"] for each in variant("cloud") if each["kind"] == "Cluster")
    roles = {each["name"]: each for each in cluster["managed"]["roles"]}
    assert roles["huiguan_app"]["inherit"] is False and "createrole" not in roles["huiguan_app"]
    assert cluster["minSyncReplicas"] == 1
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        command = [str(HELM), "template", str(CHART), "--set", f"postgresql.parameters.{name}=off"]
        assert subprocess.run(command, capture_output=True, check=False, timeout=60).returncode != 0


@needs_helm
def test_every_pod_runs_without_rights_it_does_not_need() -> None:
    found = pods(variant("cloud"))
    assert set(found) == {"web", "worker", "beat", "migration", "spares", "backups", "drill"}
    for pod in found.values():
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }


@needs_helm
def test_the_owners_login_reaches_the_worker_and_migrations_and_never_the_web() -> None:
    secrets = {
        name: [each["secretRef"]["name"] for container in pod["containers"] for each in container["envFrom"]]
        for name, pod in pods(variant("cloud")).items()
    }
    owner = values()["secrets"]["owner"]
    assert {name for name, read in secrets.items() if owner in read} == {
        "worker", "migration", "spares", "backups", "drill",
    }  # fmt: skip


@needs_helm
def test_chambers_are_reached_by_a_wildcard_host() -> None:
    (ingress,) = (each for each in rendered("--set", "baseDomain=huiguan.cn") if each["kind"] == "Ingress")
    assert [rule["host"] for rule in ingress["spec"]["rules"]] == ["huiguan.cn", "*.huiguan.cn"]


@needs_helm
def test_what_is_optional_can_be_switched() -> None:
    kinds = [
        each["kind"]
        for each in rendered("--set", "serviceMonitor.enabled=true", "--set", "worker.autoscaling.enabled=true")
    ]
    assert kinds.count("HorizontalPodAutoscaler") == 2 and "ServiceMonitor" in kinds and "PodMonitor" in kinds
    parts = ("networkPolicy", "ingress", "migration", "web.autoscaling", "spares")
    off = ",".join([*(f"{part}.enabled=false" for part in parts), "files.existingClaim=old"])
    assert {each["kind"] for each in rendered("--set", off)} == {"Deployment", "Service", "PodDisruptionBudget"}


@needs_helm
def test_files_lie_in_a_volume_or_in_a_bucket() -> None:
    volume, bucket = rendered(), rendered("--set", "files.url=s3://chambers/files?region=cn-1")
    assert [sum(each["kind"] == "PersistentVolumeClaim" for each in made) for made in (volume, bucket)] == [1, 0]
    for made, expected in ((volume, {"MEDIA_ROOT"}), (bucket, {"FILES_URL"})):
        for name in ("web", "worker"):
            pod = pods(made)[name]
            variables = {each["name"] for each in pod["containers"][0]["env"]}
            assert variables & {"MEDIA_ROOT", "FILES_URL"} == expected
            assert any(each["name"] == "files" for each in pod["volumes"]) == (made is volume)


@needs_helm
def test_a_wrong_value_is_refused_before_anything_is_installed() -> None:
    command = [str(HELM), "template", str(CHART), "--kube-version", KUBERNETES, "--set", "web.replicas=0"]
    assert subprocess.run(command, capture_output=True, check=False, timeout=60).returncode != 0
