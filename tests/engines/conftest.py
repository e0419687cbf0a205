"""The engines themselves, started once for all tests and stopped after them."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    from pyspark.sql import SparkSession

OBJECT_STORE = 200 * 1024 * 1024
"""Bytes of Ray's store, which takes a third of the machine's memory else."""


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Yield a session of Spark on this machine, with two workers."""
    sql = pytest.importorskip("pyspark.sql", reason="the extra spark is not installed")
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java, which is not installed")
    options = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "40",
    }
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("PYSPARK_PYTHON", sys.executable)
        surroundings.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = sql.SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


@pytest.fixture(scope="session")
def ray_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Yield the module ``ray.data`` with Ray started on this machine, with two processors."""
    ray = pytest.importorskip("ray", reason="the extra ray is not installed")
    data = pytest.importorskip("ray.data", reason="the extra ray is not installed")
    token = tmp_path_factory.mktemp("ray") / "token"  # else Ray writes one into the home folder
    token.write_text(secrets.token_hex(32))
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("RAY_USAGE_STATS_ENABLED", "0")
        surroundings.setenv("RAY_AUTH_TOKEN_PATH", str(token))
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=OBJECT_STORE)
        data.DataContext.get_current().enable_progress_bars = False
        yield data
        ray.shutdown()
