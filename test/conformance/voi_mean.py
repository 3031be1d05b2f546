"""Mean CT number of the VOIs of an exam.json, taken from the image file by nibabel or pydicom and numpy alone.

usage: voi_mean.py <exam.json> <image.nii.gz | folder of DICOM>
Prints {"L1": {"meanHu": …, "n": …}, …}. Shares nothing with the product but the written rule: a voxel belongs to an
elliptical cylinder when its centre lies inside it or on it.
"""
import json
import os
import sys

import numpy as np


def nifti(path):
    import nibabel

    image = nibabel.load(path)
    ras = image.affine
    lps = np.diag([-1.0, -1.0, 1.0, 1.0]) @ ras
    return np.asarray(image.get_fdata(), dtype=np.float64), lps


def dicom(folder):
    import pydicom

    slices = []
    for base, _, files in os.walk(folder):
        for name in files:
            slices.append(pydicom.dcmread(os.path.join(base, name)))
    across = np.array(slices[0].ImageOrientationPatient, dtype=float)
    row, column = across[:3], across[3:]
    normal = np.cross(row, column)
    slices.sort(key=lambda s: float(np.dot(normal, np.array(s.ImagePositionPatient, dtype=float))))
    origin = np.array(slices[0].ImagePositionPatient, dtype=float)
    step = (np.array(slices[-1].ImagePositionPatient, dtype=float) - origin) / (len(slices) - 1)
    spacing = [float(v) for v in slices[0].PixelSpacing]
    voxels = np.stack([s.pixel_array * float(s.RescaleSlope) + float(s.RescaleIntercept) for s in slices])
    affine = np.eye(4)
    affine[:3, 0], affine[:3, 1], affine[:3, 2], affine[:3, 3] = row * spacing[1], column * spacing[0], step, origin
    return voxels.transpose(2, 1, 0), affine  # index order column, row, slice


def main():
    exam = json.load(open(sys.argv[1], encoding="utf-8"))
    voxels, affine = dicom(sys.argv[2]) if os.path.isdir(sys.argv[2]) else nifti(sys.argv[2])
    index = np.indices(voxels.shape).reshape(3, -1)
    world = affine[:3, :3] @ index + affine[:3, 3:4]
    answer = {}
    for roi in exam["decisions"]["rois"]:
        voi = roi["voi"]
        normal = np.array(voi["normalLps"])
        lateral = np.array(voi["lateralLps"])
        depth = np.cross(normal, lateral)
        offset = world - np.array(voi["centerLps"])[:, None]
        u, v, w = lateral @ offset, depth @ offset, normal @ offset
        ru, rv = voi["radiiMm"]
        inside = ((u / ru) ** 2 + (v / rv) ** 2 <= 1) & (np.abs(w) <= voi["heightMm"] / 2)
        values = voxels.reshape(-1)[inside]
        answer[roi["level"]] = {"meanHu": float(values.mean()), "sdHu": float(values.std(ddof=1)), "n": int(inside.sum())}
    print(json.dumps(answer))


main()
