"""BERT encoders in ONNX Runtime, straight from a folder of weights. The only file that knows onnxruntime.

No exporter is needed: the graph of a BERT is written here, in the runtime's own fused operators, and handed over as
bytes. It needs neither torch nor transformers, so the first question doesn't wait for them.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Precision = Literal["fp32", "int8"]
PRECISIONS: tuple[Precision, ...] = ("fp32", "int8")

_RANGE = 63
"""Weights go to 7 bits, -63 to 63: on processors without VNNI two 8-bit products overflow the 16 bits they are added in
(ONNX Runtime's "reduce_range")."""
_TYPES = {"float32": 1, "int8": 3, "int64": 7}  # onnx.TensorProto.DataType


@dataclass(frozen=True, slots=True)
class Shape:
    """What the graph needs to know of a BERT."""

    layers: int
    heads: int
    epsilon: float


class Encoder:
    """Word pieces to token vectors. Safe to share between threads; each call runs on its caller's thread.

    `folder` holds config.json and model.safetensors of a BERT (`readable` tells); "int8" quantises the weights per
    column and the activations per call. `changes` are added to the weights of these names (not to
    the embeddings').
    """

    def __init__(self, folder: Path, precision: Precision = "fp32", changes: Mapping[str, Array] | None = None) -> None:
        import onnxruntime

        weights = _weights(folder / "model.safetensors")
        for name, change in (changes or {}).items():
            weights[name] = weights[name] + change
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        shape = Shape(config["num_hidden_layers"], config["num_attention_heads"], config["layer_norm_eps"])
        self._words, self._places, self._kinds = _embeddings(folder / "model.safetensors")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph is fused already where it pays; the runtime's own rules would join each addition with the layer
        # norm after it, in a kernel that takes three times as long on a CPU.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._session = onnxruntime.InferenceSession(
            graph(weights, shape, precision), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, pieces: Sequence[int], kinds: Sequence[int] | int = 0) -> NDArray[np.float32]:
        """The token vectors of one text, shape (its pieces, size). `kinds`: 0 for pieces of the first, 1 for those of the
        second, where two texts are read together.

        One text a call: nothing is padded, and what a layer works on stays in the processor's cache. On two cores of
        an AMD EPYC batches of 4 to 32 were 5 to 25 % slower a text.
        """
        summed = self._words[list(pieces)] + self._places[: len(pieces)] + self._kinds[kinds]
        (tokens,) = self._session.run(None, {"summed": summed[None]})
        return np.asarray(tokens[0], np.float32)


def processor() -> str:
    """What tells this machine's processor from another one, as far as the system says."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        lines = []
    told = [line.split(":", 1)[1].strip() for line in lines if line.startswith(("model name", "flags"))][:2]
    return hashlib.sha256("\n".join([name, *told]).encode()).hexdigest()[:16]


def readable(folder: Path) -> bool:
    """Whether this is a BERT that `Encoder` computes as sentence-transformers does: mean pooling, exact GELU."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        pooling = json.loads((folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        plain = config["model_type"] == "bert" and config.get("position_embedding_type", "absolute") == "absolute"
        plain = plain and {m["type"].split(".")[-1] for m in modules} <= {"Transformer", "Pooling", "Normalize"}
        plain = plain and config["hidden_act"] == "gelu" and _mean(pooling) and (folder / "tokenizer.json").is_file()
        return bool(plain) and _in_floats(folder / "model.safetensors")
    except (OSError, ValueError, KeyError):
        return False


def _in_floats(file: Path) -> bool:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(str(file), framework="np") as tensors:
            named = [n for n in tensors.keys() if n.endswith("embeddings.word_embeddings.weight")]  # noqa: SIM118
            return len(named) == 1 and tensors.get_slice(named[0]).get_dtype() == "F32"
    except SafetensorError:
        return False


def _mean(pooling: Mapping[str, Any]) -> bool:
    modes = {name for name, on in pooling.items() if name.startswith("pooling_mode_") and on is True}
    return modes == {"pooling_mode_mean_tokens"} or pooling.get("pooling_mode") == "mean"


@lru_cache(maxsize=2)
def _embeddings(file: Path) -> tuple[Array, Array, Array]:
    """Of word pieces, places and kinds: held once for all encoders of a file, whatever else of it they change."""
    weights = _weights(file, "embeddings.")
    names = ("word_embeddings", "position_embeddings", "token_type_embeddings")
    words, places, kinds = (weights[f"embeddings.{name}.weight"] for name in names)
    return words, places, kinds


def _weights(file: Path, beginning: str = "") -> dict[str, Array]:
    """The float32 tensors of a .safetensors file whose names begin so."""
    from safetensors import safe_open

    with safe_open(str(file), framework="np") as tensors:
        names = [name for name in tensors.keys() if tensors.get_slice(name).get_dtype() == "F32"]  # noqa: SIM118
        plain = {name.removeprefix("bert."): name for name in names}
        return {name: tensors.get_tensor(full) for name, full in plain.items() if name.startswith(beginning)}


# -- the graph -----------------------------------------------------------------------------------------------


class _Graph:
    """Nodes and constants of an ONNX graph, in the wire format as they come."""

    def __init__(self, precision: Precision) -> None:
        self.parts: list[bytes] = []
        self.precision = precision
        self._count = 0

    def constant(self, value: Array) -> str:
        self._count += 1
        name = f"c{self._count}"
        tensor = b"".join(_number(1, d) for d in value.shape) + _number(2, _TYPES[value.dtype.name])
        self.parts.append(
            _field(5, tensor + _field(8, name.encode()) + _field(9, np.ascontiguousarray(value).tobytes()))
        )
        return name

    def node(self, operator: str, inputs: Sequence[str], domain: str = "com.microsoft", **attributes: float) -> str:
        self._count += 1
        name = f"n{self._count}"
        body = b"".join(_field(1, i.encode()) for i in inputs) + _field(2, name.encode()) + _field(4, operator.encode())
        body += b"".join(_field(5, _attribute(k, v)) for k, v in attributes.items()) + _field(7, domain.encode())
        self.parts.append(_field(1, body))
        return name

    def split(self, x: str, sizes: Sequence[int]) -> list[str]:
        """x cut along its last axis."""
        self._count += 1
        names = [f"n{self._count}.{i}" for i in range(len(sizes))]
        inputs = [x, self.constant(np.asarray(sizes, np.int64))]
        body = b"".join(_field(1, i.encode()) for i in inputs) + b"".join(_field(2, n.encode()) for n in names)
        self.parts.append(_field(1, body + _field(4, b"Split") + _field(5, _attribute("axis", -1))))
        return names

    def product(self, x: str, weight: Array) -> str:
        """x @ weight, weight of shape (in, out)."""
        if self.precision == "fp32":
            return self.node("MatMul", [x, self.constant(weight)], domain="")
        scale = np.abs(weight).max(axis=0) / _RANGE
        whole = np.clip(np.rint(weight / scale), -_RANGE, _RANGE).astype(np.int8)
        return self.node("DynamicQuantizeMatMul", [x, self.constant(whole), self.constant(scale.astype(np.float32))])


def graph(weights: Mapping[str, Array], shape: Shape, precision: Precision) -> bytes:
    """An ONNX model: "summed" (1, pieces, size), the sum of the embeddings, to token vectors (1, pieces, size)."""
    g = _Graph(precision)

    def get(name: str) -> str:
        return g.constant(weights[name])

    def norm(name: str) -> list[str]:
        return [get(f"{name}.LayerNorm.weight"), get(f"{name}.LayerNorm.bias")]

    x = g.node("LayerNormalization", ["summed", *norm("embeddings")], domain="", epsilon=shape.epsilon)
    for n in range(shape.layers):
        at = f"encoder.layer.{n}"
        three = [f"{at}.attention.self.{part}" for part in ("query", "key", "value")]
        together = g.product(x, np.concatenate([weights[f"{part}.weight"].T for part in three], axis=1))
        parts = g.split(together, [len(weights[f"{part}.bias"]) for part in three])
        bias = g.constant(np.concatenate([weights[f"{part}.bias"] for part in three]))
        read = g.node("MultiHeadAttention", [*parts, bias], num_heads=shape.heads)
        for part in ("attention.output", "output"):
            if part == "output":
                wide = g.product(x, weights[f"{at}.intermediate.dense.weight"].T)
                read = g.node("BiasGelu", [wide, get(f"{at}.intermediate.dense.bias")])
            narrow = g.product(read, weights[f"{at}.{part}.dense.weight"].T)
            biased = g.node("Add", [narrow, get(f"{at}.{part}.dense.bias")], domain="")
            both = g.node("Add", [biased, x], domain="")
            x = g.node("LayerNormalization", [both, *norm(f"{at}.{part}")], domain="", epsilon=shape.epsilon)
    body = b"".join(g.parts) + _field(2, b"bert")
    body += _field(11, _value("summed")) + _field(12, _value(x))
    versions = _field(8, _field(1, b"") + _number(2, 17)) + _field(8, _field(1, b"com.microsoft") + _number(2, 1))
    return _number(1, 8) + _field(7, body) + versions


# -- the wire format of protocol buffers, as far as onnx.proto needs it ----------------------------------------


def _varint(value: int) -> bytes:
    value &= 2**64 - 1  # negative numbers are written as 64 bits
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _field(1, name.encode()) + _number(3, value) + _number(20, 2)
    return _field(1, name.encode()) + _varint(2 << 3 | 5) + np.float32(value).tobytes() + _number(20, 1)


def _value(name: str) -> bytes:
    """A float tensor of three axes, each of any length."""
    axes = b"".join(_field(1, _field(2, f"{name}{n}".encode())) for n in range(3))
    return _field(1, name.encode()) + _field(2, _field(1, _number(1, _TYPES["float32"]) + _field(2, axes)))
