"""Reads a folder of CT slices with pydicom into one numpy array, sorted by position, as its users do."""
import glob, json, resource, sys, time
import numpy as np
import pydicom


def read(folder):
    slices = [pydicom.dcmread(path) for path in glob.glob(folder + '/*')]
    slices.sort(key=lambda one: float(one.ImagePositionPatient[2]))
    volume = np.empty((len(slices), slices[0].Rows, slices[0].Columns), np.int16)
    for k, one in enumerate(slices):
        volume[k] = one.pixel_array
    return volume


seconds = []
for run in range(int(sys.argv[2]) + 1):
    start = time.perf_counter()
    read(sys.argv[1])
    seconds.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({'seconds': seconds[1:] or seconds, 'peakMib': peak}))
