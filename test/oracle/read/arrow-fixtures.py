"""Writes arrow-fixtures.json: small IPC files and streams that pyarrow wrote, base64, and their values.

python3 arrow-fixtures.py > arrow-fixtures.json   (pyarrow 26.0.1)
"""

import base64
import io
import json
import sys

import numpy as np
import pyarrow as pa


def written(table_or_batches, schema, stream, **options):
    sink = io.BytesIO()
    make = pa.ipc.new_stream if stream else pa.ipc.new_file
    with make(sink, schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        for batch in table_or_batches:
            writer.write_batch(batch)
    return base64.b64encode(sink.getvalue()).decode()


def plain(values):
    return [str(value) if isinstance(value, int) and abs(value) > 2**53 else value for value in values]


def fixture(name, batches, stream=True, **options):
    table = pa.Table.from_batches(batches)
    columns = {field: plain(table.column(field).to_pylist()) for field in table.column_names}
    return {"name": name, "base64": written(batches, table.schema, stream, **options), "columns": columns}


def dictionary(codes, values):
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), pa.array(values))


rows = 60
mixed = pa.record_batch(
    {
        "f64": pa.array([None if i % 5 == 0 else i / 4 for i in range(rows)], pa.float64()),
        "i64": pa.array([2**60 + i for i in range(rows)], pa.int64()),
        "zeros": pa.array([0] * rows, pa.int32()),
        "bool": pa.array([None if i % 7 == 0 else i % 3 == 0 for i in range(rows)]),
        "text": pa.array([None if i % 11 == 0 else f"ä{i % 13}" for i in range(rows)]),
        "large": pa.array([f"row {i}" for i in range(rows)], pa.large_string()),
        "view": pa.array([f"a long text of row {i}" if i % 2 else "short" for i in range(rows)], pa.string_view()),
        "none": pa.array([None] * rows, pa.null()),
    }
)
empty = mixed.slice(0, 0)


def one(codes, values):
    return pa.record_batch({"d": dictionary(codes, values)})


def vectors(type, dimension, offset):
    """Lists of equally many numbers: some null, some with a null in them."""
    lists = [
        None if i % 6 == 1 else [None if (i, k) == (4, 1) else type(i * dimension + k + offset) for k in range(dimension)]
        for i in range(20)
    ]
    return pa.array(lists, pa.list_(pa.from_numpy_dtype(type), dimension))


embedded = pa.record_batch(
    {
        "f16": vectors(np.float16, 2, 0.5),
        "f32": vectors(np.float32, 3, 0.25),
        "f64": vectors(np.float64, 1, 0.1),
        "after": pa.array(range(20), pa.int32()),
    }
)
growing = [one([0, 1], ["a", "b"]), one([2, 0, None], ["a", "b", "c"])]
replaced = [one([0, 1], ["a", "b"]), one([0, 1], ["x", "y"])]

fixtures = [
    fixture("lz4 stream", [mixed, empty, mixed.slice(7, 30)], compression="lz4"),
    fixture("zstd stream", [mixed, empty, mixed.slice(7, 30)], compression="zstd"),
    fixture("lz4 file", [mixed, mixed.slice(3)], stream=False, compression="lz4"),
    fixture("zstd file", [mixed, mixed.slice(3)], stream=False, compression="zstd"),
    fixture("metadata V4, legacy framing", [mixed], use_legacy_format=True, metadata_version=pa.ipc.MetadataVersion.V4),
    fixture("delta dictionaries", growing, emit_dictionary_deltas=True),
    fixture("delta dictionaries in a file", growing, stream=False, emit_dictionary_deltas=True),
    fixture("replaced dictionaries", replaced),
    fixture("no rows", [empty]),
    fixture("vectors", [embedded, embedded.slice(3, 9)]),
    fixture("vectors, lz4 file", [embedded, embedded.slice(0, 0), embedded.slice(1)], stream=False, compression="lz4"),
]

wrong = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"a\xff"))
invalid = pa.record_batch({"t": wrong})
nested = pa.record_batch(
    {
        "ints": pa.array([[1, 2], [3, 4]], pa.list_(pa.int32(), 2)),
        "lists": pa.array([[1.0], []], pa.list_(pa.float64())),
        "vectors of vectors": pa.array([[[1.0], [2.0]]] * 2, pa.list_(pa.list_(pa.float64(), 1), 2)),
        "a": pa.array([1.5, 2.5]),
    }
)
json.dump(
    {
        "source": f"pyarrow {pa.__version__}",
        "script": "arrow-fixtures.py",
        "fixtures": fixtures,
        "nested": written([nested], nested.schema, True),
        "not utf8": written([invalid], invalid.schema, True),
    },
    sys.stdout,
)
print()
