"""Reads a folder of CT slices with SimpleITK's series reader, as its users do."""
import json, resource, sys, time
import SimpleITK


def read(folder):
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(folder))
    return reader.Execute()


seconds = []
for run in range(int(sys.argv[2]) + 1):
    start = time.perf_counter()
    read(sys.argv[1])
    seconds.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({'seconds': seconds[1:] or seconds, 'peakMib': peak}))
