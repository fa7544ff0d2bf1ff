"""Spoken lines as WAV files, made ahead of time by a child process that can be killed.

A speech engine never runs in our own process: some block for seconds, some for ever, some crash.

| engine | needs | sound | natural | tried |
|---|---|---|---|---|
| ``say`` | macOS | system voices | yes | no: after its manual |
| ``windows`` | Windows, System.Speech by PowerShell | system voices | yes | no: after its documentation |
| ``piper`` | piper, an English ``*.onnx`` model | close to a person | yes | no: options after its source |
| ``espeak-ng`` | package espeak-ng | clear, a machine | no | 1.51 on Debian 12 |
| ``espeak`` | package espeak | as above | no | its list of voices, 1.48 on Debian 12 |
| ``flite`` | package flite | dull, a machine | no | 2.2 on Debian 12 |
"""
