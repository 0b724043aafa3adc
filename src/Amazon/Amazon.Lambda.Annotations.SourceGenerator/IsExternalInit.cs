namespace System.Runtime.CompilerServices;

/// <summary>What the compiler wants for records on this framework, which lacks it.</summary>
internal static class IsExternalInit;
